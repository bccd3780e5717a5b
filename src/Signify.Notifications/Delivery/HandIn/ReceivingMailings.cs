using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>The mailings that this process is being handed at this moment: the sweep leaves them alone.</summary>
internal sealed class ReceivingMailings
{
    private readonly ConcurrentDictionary<MailingRows, bool> _running = new();
    private readonly ConcurrentDictionary<long, bool> _broken = new();
    private readonly Channel<bool> _left = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>To be asked for in one's turn to write: a mailing's number is known before it is on disk.</summary>
    public IReadOnlyList<long> Ids => [.. _running.Keys.Select(rows => rows.MailingId)];

    /// <summary>Those that broke off in this process and were not swept away yet.</summary>
    public IReadOnlyList<long> Broken => [.. _broken.Keys];

    /// <summary>Something was left behind to be swept away.</summary>
    public ChannelReader<bool> Left => _left.Reader;

    public void Begin(MailingRows rows) => _running.TryAdd(rows, true);

    public void End(MailingRows rows, bool finished)
    {
        _running.TryRemove(rows, out _);
        if (!finished && rows.MailingId != 0)
        {
            _broken.TryAdd(rows.MailingId, true);
            _left.Writer.TryWrite(true);
        }
    }

    public void Swept(IEnumerable<long> mailings)
    {
        foreach (var mailing in mailings)
        {
            _broken.TryRemove(mailing, out _);
        }
    }
}
