using System.Threading.Channels;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Tells the sender that a mailbox has new work, so that it need not wait for its next look. A hint and no more: it may come twice
/// or, when nobody listens, not at all. The rows are the truth.
/// </summary>
public sealed class HandInSignal
{
    // The oldest go when nobody listens; one listener that falls behind finds the rest by its own look.
    private readonly Channel<int> _raised = Channel.CreateBounded<int>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Mailbox ids, for one listener. Never completes.</summary>
    public ChannelReader<int> Raised => _raised.Reader;

    public void Raise(int mailboxId) => _raised.Writer.TryWrite(mailboxId);
}
