using Microsoft.Extensions.Options;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// The prepared mailings of all senders of this process, the least recently used evicted first. One limit for the process, in bytes:
/// thousands of mailboxes share one memory. The newest one stays even where it alone exceeds the limit, or it would be prepared
/// again for each of its recipients.
/// </summary>
public sealed class MailingCache(IOptions<DispatchOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(object Owner, long MailingId), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _newestFirst = [];
    private readonly long _limit = options.Value.CachedMailingMegabytes * 1024L * 1024;

    private long _bytes;

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    internal MailingMail? Find(object owner, long mailingId)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((owner, mailingId), out var node))
            {
                return null;
            }

            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            return node.Value.Mail;
        }
    }

    internal void Add(object owner, long mailingId, MailingMail mail)
    {
        lock (_gate)
        {
            Remove((owner, mailingId));
            _entries[(owner, mailingId)] = _newestFirst.AddFirst(new Entry(owner, mailingId, mail));
            _bytes += mail.Bytes;
            while (_bytes > _limit && _newestFirst.Count > 1)
            {
                var oldest = _newestFirst.Last!.Value;
                Remove((oldest.Owner, oldest.MailingId));
            }
        }
    }

    /// <summary>The owner sends no more.</summary>
    internal void RemoveAll(object owner)
    {
        lock (_gate)
        {
            foreach (var key in _entries.Keys.Where(k => k.Owner == owner).ToList())
            {
                Remove(key);
            }
        }
    }

    private void Remove((object Owner, long MailingId) key)
    {
        if (_entries.Remove(key, out var node))
        {
            _newestFirst.Remove(node);
            _bytes -= node.Value.Mail.Bytes;
        }
    }

    private sealed record Entry(object Owner, long MailingId, MailingMail Mail);
}
