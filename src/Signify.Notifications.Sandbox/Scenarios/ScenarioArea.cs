namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>Where a fault lies; the page groups by it.</summary>
public enum ScenarioArea
{
    /// <summary>The usual ways of setting Microsoft 365 up, right and wrong.</summary>
    Setup,

    /// <summary>What was typed.</summary>
    Fields,

    /// <summary>What Entra says to the app.</summary>
    TokenService,

    /// <summary>Between here and the mail server.</summary>
    WayToServer,

    /// <summary>What Exchange says to the sign-in and to the sender.</summary>
    SignIn,

    /// <summary>What Exchange says to a message.</summary>
    Sending,

    /// <summary>What Microsoft Graph says to a message.</summary>
    Graph,
}
