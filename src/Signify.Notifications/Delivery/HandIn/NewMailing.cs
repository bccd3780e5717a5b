namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What a mailing says to all its recipients. Subject, Text and Html are Liquid templates over each recipient's fields.</summary>
public sealed record NewMailing
{
    /// <summary>For the people who watch it; recipients do not see it. 1 to 200 characters.</summary>
    public required string? Name { get; init; }

    public required string? Subject { get; init; }

    /// <summary>The plain body. At least one of Text and Html is there.</summary>
    public string? Text { get; init; }

    public string? Html { get; init; }

    /// <summary>The same files for everyone.</summary>
    public IReadOnlyList<NewAttachment> Attachments { get; init; } = [];

    public Priority Priority { get; init; } = Priority.Normal;

    /// <summary>Not sent before; null or past: at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Not sent after. In the future, and after <see cref="NotBefore"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public OnDoubt OnDoubt { get; init; }

    /// <summary>
    /// Sends once to each address, whatever its case: a later recipient with the same address is left out as
    /// <see cref="LineCodes.Duplicate"/>. Takes memory for each address, about 60 bytes.
    /// </summary>
    public bool SkipDuplicates { get; init; }
}
