using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>What goes wrong with the host's own identity.</summary>
internal static class WorkloadFindings
{
    public static Finding NotOffered(string why) => new(FindingCode.WorkloadIdentityUnavailable,
        $"This host offers no identity to sign in with: {why}", "Choose a client secret or a certificate, or ask the operator to set up WorkloadIdentity.")
    { Field = SettingsField.Credential };

    public static Finding NotGiven(string source) => new(FindingCode.WorkloadIdentityFailed,
        $"The host did not vouch for this program: {source} gave nothing that can be used.",
        "Ask the operator whether the host's identity is assigned and its token file can be read, then check again.")
    { Field = SettingsField.Credential };

    public static Finding Untrusted() => new(FindingCode.FederatedCredentialMissing,
        "Entra does not trust this host for the app yet: no federated credential of the app fits.",
        "Under Certificates & secrets, Federated credentials, add one whose issuer and subject are this host's. The words of Entra below name the subject it was shown.")
    { Field = SettingsField.Credential };
}
