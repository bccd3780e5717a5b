using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>Entra's refusals speak of "the secret"; who signs in with something else is pointed at that.</summary>
internal static class CredentialCauses
{
    // AADSTS numbers that say: no federated credential of the app has this issuer, subject or audience.
    private static readonly HashSet<int> NoFederation = [70021, 700211, 700212, 700213];

    public static IReadOnlyList<Finding> Fit(IReadOnlyList<Finding> findings, EntraAnswer answer, CredentialKind kind) => kind switch
    {
        CredentialKind.WorkloadIdentity when answer.Codes.Any(NoFederation.Contains) => [WorkloadFindings.Untrusted()],
        CredentialKind.WorkloadIdentity => [.. findings.Select(f => OfSecret(f) ? WorkloadFindings.Untrusted() : f)],
        CredentialKind.Certificate => [.. findings.Select(OfCertificate)],
        _ => findings,
    };

    private static Finding OfCertificate(Finding finding) => finding switch
    {
        _ when OfSecret(finding) => new Finding(FindingCode.CertNotRegistered,
            "Entra does not accept this certificate.",
            "Compare its thumbprint with your app's Certificates & secrets, Certificates. If it is not there, upload the .cer file that the form hands out.")
        { Field = SettingsField.ClientCertificate, Link = finding.Link },
        { Field: SettingsField.ClientSecret } => finding with { Field = SettingsField.ClientCertificate },
        _ => finding,
    };

    // "invalid_client" without a number that says more is taken for a wrong secret, and there is none.
    private static bool OfSecret(Finding finding) =>
        finding.Code is FindingCode.SecretWrong or FindingCode.SecretExpired or FindingCode.SecretRequired;
}
