namespace Signify.Notifications.Sandbox.Limits;

/// <summary>What one mailbox has used. Submissions are counted under a lock on the instance.</summary>
internal sealed class MailboxUse
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    // The instants at which the last 30 messages went or will go: those held back stand in line.
    private readonly Queue<DateTimeOffset> _lastMinute = [];
    private readonly Queue<(DateTimeOffset At, int Recipients)> _lastDay = [];
    private int _recipients;

    public Slots Connections { get; } = new();

    public Slots GraphRequests { get; } = new();

    public SubmissionVerdict Submit(DateTimeOffset now, int recipients, TooFast tooFast)
    {
        Forget(now);
        if (_recipients + recipients > SubmissionLimits.RecipientsADay)
        {
            return SubmissionVerdict.NotToday;
        }

        var goesAt = _lastMinute.Count < SubmissionLimits.MessagesAMinute ? now : Later(now, _lastMinute.Peek() + Minute);
        if (goesAt > now && tooFast == TooFast.Refuse)
        {
            return new SubmissionVerdict(goesAt - now, TooFast: true);
        }

        Count(now, goesAt, recipients);
        return new SubmissionVerdict(goesAt - now);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Count(DateTimeOffset now, DateTimeOffset goesAt, int recipients)
    {
        _lastMinute.Enqueue(goesAt);
        if (_lastMinute.Count > SubmissionLimits.MessagesAMinute)
        {
            _lastMinute.Dequeue();
        }

        _lastDay.Enqueue((now, recipients));
        _recipients += recipients;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_lastDay.TryPeek(out var oldest) && oldest.At + Day <= now)
        {
            _recipients -= _lastDay.Dequeue().Recipients;
        }
    }
}
