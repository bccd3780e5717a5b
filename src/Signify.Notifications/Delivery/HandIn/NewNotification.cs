namespace Signify.Notifications.Delivery.HandIn;

/// <summary>A message to one person, to be handed in. Its limits are in <see cref="HandInOptions"/>.</summary>
public sealed record NewNotification
{
    /// <summary>One address, with a display name or without: <c>Anna &lt;anna@contoso.com&gt;</c>.</summary>
    public required string? To { get; init; }

    /// <summary>One address each.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    public required string? Subject { get; init; }

    /// <summary>The plain body. At least one of Text and Html is there.</summary>
    public string? Text { get; init; }

    public string? Html { get; init; }

    public IReadOnlyList<NewAttachment> Attachments { get; init; } = [];

    public Priority Priority { get; init; } = Priority.Normal;

    /// <summary>Not sent before; null or past: at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Not sent after. In the future, and after <see cref="NotBefore"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public OnDoubt OnDoubt { get; init; }
}
