namespace Signify.Notifications.Delivery.Sending;

/// <summary>What a commit adds to the counts of mailings and quarters: one update each, however many messages.</summary>
internal sealed class RecordCounts
{
    private static readonly long QuarterTicks = TimeSpan.FromMinutes(15).Ticks;

    private readonly Dictionary<(long Mailing, NotificationState State), int> _mailings = [];
    private readonly Dictionary<(int Mailbox, long Quarter, bool Sent), int> _tallies = [];
    private long _latest;

    public void Add(InHand of, NotificationState state, int amount, DateTimeOffset at)
    {
        if (amount == 0)
        {
            return;
        }

        var mailing = (of.MailingId, state);
        _mailings[mailing] = _mailings.GetValueOrDefault(mailing) + amount;
        _latest = Math.Max(_latest, at.UtcTicks);
        if (amount > 0 && state is NotificationState.Sent or NotificationState.Failed)
        {
            var tally = (of.MailboxId, at.UtcTicks - (at.UtcTicks % QuarterTicks), state == NotificationState.Sent);
            _tallies[tally] = _tallies.GetValueOrDefault(tally) + amount;
        }
    }

    public void Write(Func<string, (string, object)[], int> run)
    {
        foreach (var ((mailing, state), amount) in _mailings)
        {
            run(SendRecordSql.Count(state), [("@mailing", mailing), ("@amount", amount), ("@at", _latest)]);
        }

        foreach (var ((mailbox, quarter, sent), amount) in _tallies)
        {
            run(SendRecordSql.Tally, [("@mailbox", mailbox), ("@at", quarter), ("@sent", sent ? amount : 0), ("@failed", sent ? 0 : amount)]);
        }
    }
}
