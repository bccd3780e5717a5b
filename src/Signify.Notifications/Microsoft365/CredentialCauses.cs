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
        CredentialKind.WorkloadIdentity => Moved(findings, SettingsField.Credential),
        CredentialKind.Certificate => Moved(findings, SettingsField.ClientCertificate),
        _ => findings,
    };

    private static Finding[] Moved(IReadOnlyList<Finding> findings, string field) =>
        [.. findings.Select(f => f.Field == SettingsField.ClientSecret ? f with { Field = field } : f)];
}
