using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>Entra's refusals speak of "the secret"; who signs in with something else is pointed at that.</summary>
internal static class CredentialCauses
{
    public static IReadOnlyList<Finding> Fit(IReadOnlyList<Finding> findings, CredentialKind kind) => kind switch
    {
        CredentialKind.WorkloadIdentity => [.. findings.Select(OfHost)],
        CredentialKind.Certificate => [.. findings.Select(OfCertificate)],
        _ => findings,
    };

    private static Finding OfHost(Finding finding) => finding switch
    {
        _ when OfSecret(finding) || Causes.Of(finding) == Causes.FederationNotMatched => Causes.FederationMissing.Told() with { Link = finding.Link },
        { Field: SettingsField.ClientSecret } => finding with { Field = SettingsField.Credential },
        _ => finding,
    };

    private static Finding OfCertificate(Finding finding) => finding switch
    {
        _ when OfSecret(finding) => Causes.CertRefused.Told() with { Link = finding.Link },
        { Field: SettingsField.ClientSecret } => finding with { Field = SettingsField.ClientCertificate },
        _ => finding,
    };

    // "invalid_client" without a number that says more is taken for a wrong secret, and there is none.
    private static bool OfSecret(Finding finding) =>
        finding.Code is FindingCode.SecretWrong or FindingCode.SecretExpired or FindingCode.SecretRequired;
}
