namespace Signify.Notifications.Settings;

/// <summary>The road the administrator asks for. <see cref="Automatic"/> picks SMTP where it works, else Microsoft Graph.</summary>
public enum RouteChoice
{
    Automatic,
    Smtp,
    Graph,
}
