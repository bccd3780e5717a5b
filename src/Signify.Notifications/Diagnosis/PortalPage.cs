namespace Signify.Notifications.Diagnosis;

/// <summary>Where an administrator mends something at Microsoft.</summary>
public enum PortalPage
{
    None,

    /// <summary>The app registration's Overview, with both IDs.</summary>
    AppOverview,

    /// <summary>API permissions, with Grant admin consent.</summary>
    AppPermissions,

    /// <summary>Certificates &amp; secrets.</summary>
    AppSecrets,

    AppAuthentication,

    /// <summary>Microsoft Defender's list of senders that were stopped.</summary>
    RestrictedSenders,
}
