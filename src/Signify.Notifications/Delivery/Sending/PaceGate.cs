namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// The pace, asked by several connections concurrently: those of all rulesets that send from the same mailbox (<see cref="PaceGates"/>).
/// </summary>
internal sealed partial class PaceGate(PaceLimits limits, Pace pace, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SteadyClock _clock = new(time);
    private TimeSpan _usual;
    private int _stepDowns;
    private int _inFlight;

    public PaceLimits Limits { get; private set; } = limits;

    public DateTimeOffset Now => _clock.Now;

    public double Share => Ask(p => p.ShareAt(_clock.Now));

    /// <summary>
    /// How many connections the pace gains by: with a limit, as many as it takes to keep to it at the usual time for a message;
    /// without one, more as soon as there is enough to send to pay for opening them.
    /// </summary>
    public int ConnectionsFor(int mailboxId, int waiting)
    {
        lock (_lock)
        {
            var most = pace.ConnectionsAt(_clock.Now);
            var spacing = pace.SpacingAt(_clock.Now);
            var useful = spacing > TimeSpan.Zero ? (int)Math.Ceiling(_usual / spacing) : 1 + (waiting / 5);
            return _connections.Allow(mailboxId, useful, most);
        }
    }

    public int PermitsWithin(TimeSpan span, int most) => Ask(p => p.PermitsUntil(_clock.Now, _clock.Now + span, most));

    public TimeSpan Until(int recipients) => Ask(p => p.NextAt(_clock.Now, recipients) - _clock.Now);

    public TimeSpan UntilDayFree(int recipients) => Ask(p => p.DayFreeAt(_clock.Now, recipients) - _clock.Now);

    /// <summary>
    /// Until the daily limit has room; null while messages are in flight, as room may be left when one of them does not go.
    /// </summary>
    public TimeSpan? UntilDayFreeForCertain() => Ask<TimeSpan?>(p => _inFlight == 0 ? p.DayFreeAt(_clock.Now, 1) - _clock.Now : null);

    /// <summary>Takes a permit when there is one now.</summary>
    /// <returns>Zero when it was taken, else how long to wait before asking again.</returns>
    public TimeSpan TryStart(int mailboxId, int recipients)
    {
        lock (_lock)
        {
            var now = _clock.Now;
            var next = pace.NextAt(now, recipients);
            if (next > now || _waiting > 0 || !_turns.Is(mailboxId, now))
            {
                _turns.Waits(mailboxId, next);
                return next > now ? next - now : AskAgain;
            }

            _turns.Took(mailboxId);
            _inFlight++;
            pace.Started(now, recipients);
            return TimeSpan.Zero;
        }
    }

    public void Completed(int recipients, TimeSpan took)
    {
        lock (_lock)
        {
            _inFlight--;
            pace.Completed(_clock.Now, recipients);
            _usual = _usual == TimeSpan.Zero ? took : (_usual * 0.8) + (took * 0.2);
        }
    }

    public void Undone(int recipients)
    {
        lock (_lock)
        {
            _inFlight--;
            pace.Undone(recipients);
        }
    }

    /// <summary>How often it was stepped down.</summary>
    public int StepDowns => Ask(_ => _stepDowns);

    /// <summary>Half the rate from now on.</summary>
    /// <param name="known">
    /// <see cref="StepDowns"/> as the run began: what runs of several rulesets had in flight when the provider throttled counts once.
    /// </param>
    public void StepDown(int known)
    {
        lock (_lock)
        {
            if (_stepDowns == known)
            {
                _stepDowns++;
                pace.StepDown(_clock.Now);
            }
        }
    }

    private T Ask<T>(Func<Pace, T> question)
    {
        lock (_lock)
        {
            return question(pace);
        }
    }
}
