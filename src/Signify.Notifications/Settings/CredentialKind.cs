namespace Signify.Notifications.Settings;

/// <summary>What the app proves itself with to Entra.</summary>
public enum CredentialKind
{
    Secret,

    Certificate,

    /// <summary>No secret is stored: the host vouches for the program.</summary>
    WorkloadIdentity,
}
