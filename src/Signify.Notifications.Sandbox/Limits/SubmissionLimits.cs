using System.Collections.Concurrent;

namespace Signify.Notifications.Sandbox.Limits;

/// <summary>What Exchange allows a mailbox, counted over both roads. Thread-safe.</summary>
public sealed class SubmissionLimits
{
    public const int Connections = 3;
    public const int GraphRequests = 4;
    public const int MessagesAMinute = 30;
    public const int RecipientsADay = 10_000;

    private readonly ConcurrentDictionary<string, MailboxUse> _uses = new(StringComparer.OrdinalIgnoreCase);
    private readonly SandboxOptions _options;
    private readonly TimeProvider _time;
    private int _tooFast;
    private int _tooMany;
    private int _overQuota;

    internal SubmissionLimits(SandboxOptions options, TimeProvider time) => (_options, _time, Enforced) = (options, time, options.EnforceLimits);

    /// <summary>Switched at any time; what comes while they are off counts against nothing.</summary>
    public bool Enforced { get; set; }

    /// <summary>How many messages came faster than 30 a minute since the start, held back or refused.</summary>
    public int TooFast => _tooFast;

    /// <summary>How many connections and Graph requests were refused because as many as allowed were open.</summary>
    public int TooMany => _tooMany;

    /// <summary>How many messages were refused because the day's recipients were used up.</summary>
    public int OverQuota => _overQuota;

    /// <summary>Null: one connection too many. Dispose to give it back.</summary>
    internal IDisposable? TakeConnection(string mailbox) => Take(UseOf(mailbox).Connections, Connections);

    /// <summary>Null: one Graph request too many.</summary>
    internal IDisposable? TakeGraphRequest(string mailbox) => Take(UseOf(mailbox).GraphRequests, GraphRequests);

    /// <summary>Counts the message, or says why not.</summary>
    internal SubmissionVerdict Submit(string mailbox, int recipients)
    {
        if (!Enforced)
        {
            return SubmissionVerdict.Now;
        }

        var use = UseOf(mailbox);
        SubmissionVerdict verdict;
        lock (use)
        {
            verdict = use.Submit(_time.GetUtcNow(), recipients, _options.TooFast);
        }

        if (verdict.OverQuota)
        {
            Interlocked.Increment(ref _overQuota);
        }
        else if (verdict.TooFast || verdict.Delay > TimeSpan.Zero)
        {
            Interlocked.Increment(ref _tooFast);
        }

        return verdict;
    }

    private MailboxUse UseOf(string mailbox) => _uses.GetOrAdd(mailbox, _ => new MailboxUse());

    private Taken? Take(Slots slots, int limit)
    {
        if (slots.TryTake(Enforced ? limit : int.MaxValue))
        {
            return new Taken(slots);
        }

        Interlocked.Increment(ref _tooMany);
        return null;
    }

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
