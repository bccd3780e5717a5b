namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// When the next message may go. Two sliding windows that are never exceeded (messages in 60 seconds, recipients in 24 hours),
/// and an even spacing inside them, so that an urgent message waits seconds and not for the next minute. A throttling provider
/// halves the share of the pace that is used; it recovers by itself, slowly. Not thread-safe.
/// </summary>
public sealed class Pace
{
    /// <summary>So many may go at once after a quiet time.</summary>
    private const int Burst = 5;

    private const double LeastShare = 0.1;
    private const double RecoveredPerMinute = 0.05;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private Window? _messages;
    private Window? _recipients;
    private PaceLimits _limits;
    private double _share;
    private DateTimeOffset _sharedAt;
    private DateTimeOffset _spacedUntil = DateTimeOffset.MinValue;

    /// <param name="sent">What was sent in the last 24 hours, oldest first: a restart or a hand-over neither forgets nor doubles it.</param>
    public Pace(PaceLimits limits, IEnumerable<(DateTimeOffset At, int Recipients)> sent, double share, DateTimeOffset? sharedAt)
    {
        _limits = limits;
        (_share, _sharedAt) = (share, sharedAt ?? DateTimeOffset.MinValue);
        if (!limits.Unlimited)
        {
            Count(sent);
        }
    }

    /// <summary>Another ruleset sends from the same mailbox over another route: the smaller number counts.</summary>
    /// <param name="sent">As for a new one; used when there was no limit until now, so that nothing was counted.</param>
    public void Restrict(PaceLimits limits, IEnumerable<(DateTimeOffset At, int Recipients)> sent)
    {
        var counted = !_limits.Unlimited;
        _limits = _limits.And(limits);
        _messages?.Limit(_limits.PerMinute);
        _recipients?.Limit(_limits.RecipientsPerDay);
        if (!counted && !_limits.Unlimited)
        {
            Count(sent);
        }
    }

    /// <summary>The share of the pace in use, 0.1 to 1.</summary>
    public double ShareAt(DateTimeOffset now) =>
        _share >= 1 ? 1 : Math.Min(1, _share + (RecoveredPerMinute * Math.Max(0, (now - _sharedAt).TotalMinutes)));

    /// <summary>How many connections are in use at most.</summary>
    public int ConnectionsAt(DateTimeOffset now) => Math.Max(1, (int)(_limits.Connections * ShareAt(now)));

    /// <summary>Time between two messages at the present pace; zero without a limit.</summary>
    public TimeSpan SpacingAt(DateTimeOffset now) => _limits.PerMinute is { } perMinute ? Minute / (perMinute * ShareAt(now)) : TimeSpan.Zero;

    /// <summary>The earliest time at which a message to so many recipients may go: now or later.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now, int recipients) =>
        Latest(Latest(now, Spaced(now)), Latest(_messages?.RoomAt(now, 1), _recipients?.RoomAt(now, recipients)));

    /// <summary>The daily limit alone: when it lets a message to so many recipients go.</summary>
    public DateTimeOffset DayFreeAt(DateTimeOffset now, int recipients) => Latest(now, _recipients?.RoomAt(now, recipients) ?? now);

    /// <summary>How many messages to one recipient may go until then, up to <paramref name="most"/>.</summary>
    public int PermitsUntil(DateTimeOffset now, DateTimeOffset until, int most)
    {
        if (_limits.Unlimited)
        {
            return most;
        }

        if (NextAt(now, 1) > until)
        {
            return 0;
        }

        var spacing = SpacingAt(now);
        var spaced = spacing == TimeSpan.Zero ? most : 1 + (int)Math.Min(most, (until - Spaced(now)) / spacing);
        var room = Math.Min(_messages?.RoomBy(until) ?? most, _recipients?.RoomBy(until) ?? most);
        return Math.Clamp(Math.Min(spaced, room), 1, most);
    }

    /// <summary>A message goes now; it counts as under way until <see cref="Completed"/> or <see cref="Undone"/>.</summary>
    public void Started(DateTimeOffset now, int recipients)
    {
        _messages?.Begin(1);
        _recipients?.Begin(recipients);
        _spacedUntil = Latest(_spacedUntil, now) + SpacingAt(now);
    }

    /// <summary>The server had it at this time at the latest: the windows count from here, never earlier than the server's do.</summary>
    public void Completed(DateTimeOffset at, int recipients)
    {
        _messages?.End(at, 1);
        _recipients?.End(at, recipients);
    }

    /// <summary>It did not reach the server.</summary>
    public void Undone(int recipients)
    {
        _messages?.Begin(-1);
        _recipients?.Begin(-recipients);
    }

    /// <summary>The provider throttles: half the pace from now on.</summary>
    public void StepDown(DateTimeOffset now) => (_share, _sharedAt) = (Math.Max(LeastShare, ShareAt(now) / 2), now);

    private void Count(IEnumerable<(DateTimeOffset At, int Recipients)> sent)
    {
        (_messages, _recipients) = (new Window(Minute, _limits.PerMinute), new Window(Day, _limits.RecipientsPerDay));
        foreach (var (at, recipients) in sent)
        {
            _messages.Add(at, 1);
            _recipients.Add(at, recipients);
        }
    }

    private DateTimeOffset Spaced(DateTimeOffset now) => _spacedUntil <= now ? now : Latest(now, _spacedUntil - (SpacingAt(now) * (Burst - 1)));

    private static DateTimeOffset Latest(DateTimeOffset? a, DateTimeOffset? b) =>
        (a ?? DateTimeOffset.MinValue) > (b ?? DateTimeOffset.MinValue) ? a ?? DateTimeOffset.MinValue : b ?? DateTimeOffset.MinValue;

    /// <summary>At most <paramref name="most"/> in any <paramref name="length"/>; null where nothing limits it yet.</summary>
    private sealed class Window(TimeSpan length, int? most)
    {
        private int _limit = most ?? int.MaxValue;
        private readonly LinkedList<(DateTimeOffset At, int Amount)> _counted = [];
        private int _sum;
        private int _underWay;

        public void Add(DateTimeOffset at, int amount)
        {
            // A clock that steps back must not let old ones look newer than they are: order is kept by the newest.
            var ordered = _counted.Last is { } last && last.Value.At > at ? last.Value.At : at;
            _counted.AddLast((ordered, amount));
            _sum += amount;
        }

        public void Limit(int? amount) => _limit = amount ?? int.MaxValue;

        // What began before anything was counted is not under way here when it ends.
        public void Begin(int amount) => _underWay = Math.Max(0, _underWay + amount);

        public void End(DateTimeOffset at, int amount)
        {
            Begin(-amount);
            Add(at, amount);
        }

        public DateTimeOffset RoomAt(DateTimeOffset now, int amount)
        {
            Forget(now);
            // More than the whole limit at once can only go alone.
            var over = _sum + _underWay + Math.Min(amount, _limit) - _limit;
            for (var node = _counted.First; over > 0 && node is not null; node = node.Next)
            {
                over -= node.Value.Amount;
                if (over <= 0)
                {
                    return node.Value.At + length;
                }
            }

            // What is under way has yet to begin to count.
            return over > 0 ? now + length : now;
        }

        public int RoomBy(DateTimeOffset until)
        {
            var freed = 0;
            for (var node = _counted.First; node is not null && node.Value.At + length <= until; node = node.Next)
            {
                freed += node.Value.Amount;
            }

            return _limit - _sum - _underWay + freed;
        }

        private void Forget(DateTimeOffset now)
        {
            while (_counted.First is { } first && first.Value.At + length <= now)
            {
                _sum -= first.Value.Amount;
                _counted.RemoveFirst();
            }
        }
    }
}
