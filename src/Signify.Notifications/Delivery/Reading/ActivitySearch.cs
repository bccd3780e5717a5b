namespace Signify.Notifications.Delivery.Reading;

/// <summary>What to look for among the notifications. All conditions hold together.</summary>
public sealed record ActivitySearch
{
    /// <summary>An address, or its beginning when <see cref="BeginsWith"/>. Upper and lower case count before the @ as they were handed in; lower case is tried too.</summary>
    public string? Recipient { get; init; }

    public bool BeginsWith { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyCollection<NotificationState> States { get; init; } = [];

    /// <summary>Accepted at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted before.</summary>
    public DateTimeOffset? Until { get; init; }

    public long? MailingId { get; init; }

    internal bool ByAddress => BeginsWith && !string.IsNullOrWhiteSpace(Recipient);

    /// <summary>Whether a search like this may have given that place.</summary>
    public bool Takes(string place) => ByAddress ? Paging.HasAddress(place) : PageOf.IsPlace(place);
}
