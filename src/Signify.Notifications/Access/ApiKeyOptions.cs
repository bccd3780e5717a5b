namespace Signify.Notifications.Access;

/// <summary>Configuration section <c>ApiKeys</c>.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Whether an administrator may create a key that never expires. Keys that exist stay as they are.</summary>
    public bool AllowNoExpiry { get; set; } = true;
}
