namespace Signify.Notifications.Settings;

/// <summary>How mail leaves.</summary>
public enum Route
{
    Smtp,
    Graph,
}
