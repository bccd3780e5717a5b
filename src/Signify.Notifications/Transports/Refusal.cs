using Signify.Notifications.Findings;

namespace Signify.Notifications.Transports;

/// <summary>A server's no: whose fault, and what to tell.</summary>
/// <param name="After">How long to wait before the next try, where that is known.</param>
internal sealed record Refusal(Fault Fault, Finding Reason, TimeSpan? After = null)
{
    public SendOutcome ToOutcome(string? words) => Fault switch
    {
        Fault.OfMessage => new SendOutcome.Rejected(Reason, words),
        Fault.Passing => new SendOutcome.RetryLater(Reason, words, After),
        Fault.Throttled => Stopped(StopKind.Throttled, words),
        Fault.Quota => Stopped(StopKind.Quota, words),
        Fault.Unreachable => Stopped(StopKind.Unreachable, words),
        Fault.Configuration => Stopped(StopKind.Configuration, words),
        Fault.Doubtful => new SendOutcome.InDoubt(Reason, words, After),
        _ => Stopped(StopKind.Blocked, words),
    };

    private SendOutcome.Stopped Stopped(StopKind kind, string? words) => new(kind, Reason, words, After);
}
