namespace Signify.Notifications.Access;

/// <summary>When people are warned that an API key expires.</summary>
public static class ApiKeyNotice
{
    public static readonly TimeSpan Before = TimeSpan.FromDays(30);

    /// <summary>Days until it expires, begun ones counted; 0 when it has expired, null when it is not time to warn.</summary>
    public static int? DaysLeft(ApiKey key, DateTimeOffset now) =>
        key.ExpiresAt is not { } end || end - now > Before ? null : Math.Max(0, (int)Math.Ceiling((end - now).TotalDays));
}
