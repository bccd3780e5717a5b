namespace Signify.Notifications.Access;

/// <summary>What an API key may do.</summary>
[Flags]
public enum ApiKeyScopes
{
    None = 0,

    /// <summary>Read and save the notification settings, check them, send a test message.</summary>
    Settings = 1,

    /// <summary>Hand notifications in; pause, resume and cancel mailings.</summary>
    Send = 2,

    /// <summary>Read the state of notifications and mailings.</summary>
    Read = 4,

    All = Settings | Send | Read,
}
