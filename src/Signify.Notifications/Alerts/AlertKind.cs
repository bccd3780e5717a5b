namespace Signify.Notifications.Alerts;

/// <summary>What people are told of without looking. The kebab-case form is what a webhook receives.</summary>
public enum AlertKind
{
    /// <summary>A check of the active revision fails that passed before.</summary>
    ConfigurationFailed,

    /// <summary>It passes again.</summary>
    ConfigurationRecovered,

    /// <summary>The program stopped sending: the configuration is at fault, the provider blocks the sender, or it refused three in a row.</summary>
    SendingHeld,

    /// <summary>What the program stopped goes on.</summary>
    SendingResumed,

    /// <summary>The client secret or the certificate ends in 60, 30, 14, 7 or 1 days.</summary>
    CredentialExpires,

    /// <summary>It has ended.</summary>
    CredentialExpired,

    /// <summary>The first secret was refused for its age and the standby serves now.</summary>
    StandbyTookOver,

    /// <summary>An API key expires within 30 days.</summary>
    ApiKeyExpires,

    /// <summary>It has expired.</summary>
    ApiKeyExpired,

    /// <summary>Somebody asked for it, to see whether alerts arrive.</summary>
    Test,
}
