using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What became of a hand-in. A closed set.</summary>
public abstract record HandInOutcome
{
    private HandInOutcome()
    {
    }

    /// <param name="Replayed">The answer to an earlier call with the same key and body; nothing was queued now.</param>
    public sealed record NotificationQueued(long Id, long MailingId, bool Replayed = false) : HandInOutcome;

    /// <param name="Accepted">How many recipients are queued; at least 1.</param>
    /// <param name="Rejected">Those left out, the first <see cref="HandInOptions.RejectedListed"/> of them.</param>
    /// <param name="RejectedTotal">All that were left out.</param>
    /// <param name="Replayed">The answer to an earlier call with the same key and body; nothing was queued now.</param>
    public sealed record MailingQueued(
        long MailingId, int Accepted, IReadOnlyList<RejectedLine> Rejected, long RejectedTotal, bool Replayed = false) : HandInOutcome;

    /// <summary>Nothing was queued: it breaks the rules.</summary>
    /// <param name="Errors">By field (<c>to</c>, <c>subject</c>, <c>attachments[2].name</c> …), in words for the caller.</param>
    public sealed record Refused(IReadOnlyDictionary<string, string[]> Errors, IReadOnlyList<RejectedLine> Rejected, long RejectedTotal) : HandInOutcome;

    /// <summary>Nothing was queued: the idempotency key belongs to another body.</summary>
    public sealed record KeyReused : HandInOutcome;

    /// <summary>Nothing was queued: a call with the same key is under way. Try again shortly.</summary>
    public sealed record KeyBusy : HandInOutcome;

    /// <summary>Nothing was queued: the database takes nothing at present. Try again later.</summary>
    /// <param name="Fault">The cause; null when it is not known.</param>
    public sealed record NotStored(DatabaseFault? Fault = null) : HandInOutcome;
}
