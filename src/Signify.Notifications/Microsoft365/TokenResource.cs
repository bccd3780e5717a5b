namespace Signify.Notifications.Microsoft365;

/// <summary>What a token is for. One token opens one of them only.</summary>
public enum TokenResource
{
    Exchange,
    Graph,
}
