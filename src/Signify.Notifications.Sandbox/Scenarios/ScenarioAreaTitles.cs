namespace Signify.Notifications.Sandbox.Scenarios;

public static class ScenarioAreaTitles
{
    /// <summary>The heading of an area, on the page and in the documentation.</summary>
    public static string ToTitle(this ScenarioArea area) => area switch
    {
        ScenarioArea.Setup => "Setting Microsoft 365 up",
        ScenarioArea.Fields => "What was typed",
        ScenarioArea.TokenService => "What Entra says",
        ScenarioArea.WayToServer => "The way to the mail server",
        ScenarioArea.SignIn => "What Exchange says to the sign-in and to the sender",
        ScenarioArea.Sending => "What Exchange says to a message",
        _ => "What Microsoft Graph says to a message",
    };
}
