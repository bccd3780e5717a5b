namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>Clouds that differ from "Sandbox" in one thing that is broken. Their names are configuration keys.</summary>
public static class ScenarioClouds
{
    public const string Sandbox = "Sandbox";

    /// <summary>No name server knows the mail host.</summary>
    public const string NameUnknown = "SandboxNoMailHost";

    /// <summary>The token service's port is closed.</summary>
    public const string EntraRefused = "SandboxEntraBlocked";

    /// <summary>No name server knows the token service.</summary>
    public const string EntraUnknown = "SandboxNoEntraHost";

    /// <summary>Something in between shows its own certificate in the token service's place.</summary>
    public const string EntraIntercepted = "SandboxEntraIntercepted";
}
