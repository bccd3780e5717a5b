using Signify.Notifications.Findings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Transports;

/// <summary>An outcome in a few words, for theories: <c>stopped Throttled too-fast 30s</c>.</summary>
internal static class Told
{
    public static string InShort(this SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => "accepted",
        SendOutcome.Withdrawn => "withdrawn",
        SendOutcome.Rejected o => $"rejected {o.Reason.Code.ToCode()}",
        SendOutcome.RetryLater o => $"later {o.Reason.Code.ToCode()}{Wait(o.After)}",
        SendOutcome.InDoubt o => $"in doubt {o.Reason.Code.ToCode()}{Wait(o.After)}",
        SendOutcome.Stopped o => $"stopped {o.Kind} {o.Reason.Code.ToCode()}{Wait(o.After)}",
        _ => outcome.ToString(),
    };

    public static string? Words(this SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted o => o.Receipt,
        SendOutcome.Rejected o => o.Words,
        SendOutcome.RetryLater o => o.Words,
        SendOutcome.InDoubt o => o.Words,
        SendOutcome.Stopped o => o.Words,
        _ => null,
    };

    private static string Wait(TimeSpan? after) => after is { } wait ? $" {wait.TotalSeconds:0}s" : "";
}
