using Signify.Notifications.Delivery;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>A mailing as far as somebody has written it. Belongs to that person in that ruleset; its recipients lie beside it in a file of their own.</summary>
public sealed record MailingDraft
{
    /// <summary>Hard to guess, and the idempotency key of the hand-in: one draft becomes one mailing however often the button is pressed.</summary>
    public required Guid Id { get; init; }

    public required Guid RulesetId { get; init; }

    public required string Owner { get; init; }

    public string Name { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Text { get; init; } = "";

    public string Html { get; init; } = "";

    public Priority Priority { get; init; } = Priority.Normal;

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The zone in which the times were typed, as IANA names it; null when the browser did not tell, then UTC.</summary>
    public string? TimeZone { get; init; }

    public OnDoubt OnDoubt { get; init; }

    /// <summary>The name of the uploaded file; null when the recipients were pasted.</summary>
    public string? RecipientsFile { get; init; }

    /// <summary>The heading of the column to send to, where several hold addresses.</summary>
    public string? AddressColumn { get; init; }

    /// <summary>Sends to an address as often as the list has it; otherwise once.</summary>
    public bool SendDuplicates { get; init; }

    public IReadOnlyList<DraftAttachment> Attachments { get; init; } = [];

    /// <summary>The mailing it has become; only this is left of a draft that was handed in.</summary>
    public long? HandedInAs { get; init; }
}

/// <param name="Number">Names its file: 1, 2, 3 …, never used twice in a draft.</param>
public sealed record DraftAttachment(int Number, string Name, long Bytes);
