using System.Collections.Concurrent;

namespace Signify.Notifications.Sandbox.Limits;

/// <summary>What Exchange allows a mailbox, counted over both roads.</summary>
internal sealed class SubmissionLimits(SandboxOptions options, TimeProvider time)
{
    public const int Connections = 3;
    public const int GraphRequests = 4;
    public const int MessagesAMinute = 30;
    public const int RecipientsADay = 10_000;

    private readonly ConcurrentDictionary<string, MailboxUse> _uses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: one connection too many. Dispose to give it back.</summary>
    public IDisposable? TakeConnection(string mailbox) => Take(UseOf(mailbox).Connections, Connections);

    /// <summary>Null: one Graph request too many.</summary>
    public IDisposable? TakeGraphRequest(string mailbox) => Take(UseOf(mailbox).GraphRequests, GraphRequests);

    /// <summary>Counts the message, or says why not.</summary>
    public SubmissionVerdict Submit(string mailbox, int recipients)
    {
        if (!options.EnforceLimits)
        {
            return SubmissionVerdict.Now;
        }

        var use = UseOf(mailbox);
        lock (use)
        {
            return use.Submit(time.GetUtcNow(), recipients, options.TooFast);
        }
    }

    private MailboxUse UseOf(string mailbox) => _uses.GetOrAdd(mailbox, _ => new MailboxUse());

    private Taken? Take(Slots slots, int limit) => slots.TryTake(options.EnforceLimits ? limit : int.MaxValue) ? new Taken(slots) : null;

    private sealed class Taken(Slots slots) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
            {
                slots.Return();
            }
        }
    }
}
