using Signify.Notifications.Delivery.Model;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>What a connection has recorded in one piece: how a message ended, and that the next one begins.</summary>
/// <param name="durable">Whether it must survive a power cut, and not only this process.</param>
/// <param name="startedAt">UTC ticks.</param>
/// <param name="queuedAt">A timestamp of the recorder's clock.</param>
internal sealed class RecordLine(Ending? ended, InHand? next, bool durable, long startedAt, long queuedAt)
{
    public Ending? Ended => ended;

    public InHand? Next => next;

    public bool Durable => durable;

    /// <summary>
    /// Whether the row in InFlight stores the result until many are settled together: a sent message that nothing else depends on.
    /// </summary>
    public bool IsSettledLater { get; } =
        !durable && ended is { Event: NotificationEvent.Sent, Attempt: { Outcome: AttemptOutcome.Sent, Code: null }, UsesNoAttempt: false, PacedRecipients: 0 };

    public long StartedAt => startedAt;

    public long QueuedAt => queuedAt;

    /// <summary>Whether the next one is in flight under its owner's epoch. Set by the commit.</summary>
    public bool Begun { get; set; }

    /// <summary>Whether the result found its message still in flight. Set by the commit.</summary>
    public bool EndedInFlight { get; set; }

    public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Records nothing: asks that what is stored is settled.</summary>
    public bool IsSettlement => ended is null && next is null;

    /// <summary>One: a connection sends for one mailbox.</summary>
    public int MailboxId => ended?.Of.MailboxId ?? next!.MailboxId;
}
