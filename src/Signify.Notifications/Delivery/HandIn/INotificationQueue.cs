using System.Diagnostics.CodeAnalysis;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Hands notifications in, for hosts that run in this process; the HTTP API is a thin layer over it. What it says it queued is on
/// disk (SQLite, synchronous FULL) and survives a power cut. It needs no active settings: what is queued waits for them.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is the queue, and the product says so.")]
public interface INotificationQueue
{
    /// <summary>One message to one person. Its words are sent as they are: braces are not merged.</summary>
    /// <returns>
    /// <see cref="HandInOutcome.NotificationQueued"/>, or why nothing was queued: <see cref="HandInOutcome.Refused"/>,
    /// <see cref="HandInOutcome.KeyReused"/>, <see cref="HandInOutcome.KeyBusy"/>, <see cref="HandInOutcome.NotStored"/>.
    /// </returns>
    Task<HandInOutcome> HandInAsync(HandInCaller caller, NewNotification notification, CancellationToken ct);

    /// <summary>
    /// One message to many people, its words merged with each one's fields (Liquid). The recipients are read as they come, in
    /// constant memory; nothing is sent before the last one is on disk. Recipients with a fault are told and left out.
    /// </summary>
    /// <returns>
    /// <see cref="HandInOutcome.MailingQueued"/>, or why nothing was queued, as above. Refused also when no recipient is left.
    /// </returns>
    /// <remarks>An exception that <paramref name="recipients"/> throws, and a cancellation, leave nothing that could be sent.</remarks>
    Task<HandInOutcome> HandInAsync(HandInCaller caller, NewMailing mailing, IAsyncEnumerable<NewRecipient> recipients, CancellationToken ct);
}
