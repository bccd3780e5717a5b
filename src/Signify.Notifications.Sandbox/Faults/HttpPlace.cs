namespace Signify.Notifications.Sandbox.Faults;

/// <summary>Where over HTTPS a fault strikes.</summary>
public enum HttpPlace
{
    /// <summary>The question whether a tenant is known.</summary>
    OpenIdConfiguration,
    Token,
    Graph,
}
