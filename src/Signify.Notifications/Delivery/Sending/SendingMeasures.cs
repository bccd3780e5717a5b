using System.Diagnostics;
using System.Diagnostics.Metrics;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Counts what a mailbox's sender brings about. Makes nothing for a message; asks first whether anybody listens.</summary>
internal sealed class SendingMeasures(Instruments instruments, Guid rulesetId, Route? route)
{
    // Boxed once.
    private readonly object _ruleset = rulesetId;
    private readonly string? _route = route is { } known ? Routes.Word(known) : null;

    /// <summary>What became of one, as it is recorded.</summary>
    public void Ended(Ending ending)
    {
        var counter = ending.Attempt?.Outcome switch
        {
            AttemptOutcome.Sent => instruments.Sent,
            AttemptOutcome.Failed => instruments.Failed,
            AttemptOutcome.Deferred => instruments.Deferred,
            AttemptOutcome.InDoubt => instruments.InDoubt,
            _ => null,
        };
        if (counter is { Enabled: true })
        {
            var tags = Tagged(ending.Attempt!.Code);
            counter.Add(1, in tags);
        }
    }

    public void Took(TimeSpan time, SendOutcome outcome)
    {
        if (instruments.MessageDuration.Enabled)
        {
            instruments.MessageDuration.Record(time.TotalSeconds, new KeyValuePair<string, object?>(Tags.Route, _route), new KeyValuePair<string, object?>(Tags.Outcome, Word(outcome)));
        }
    }

    public void Claimed(int count)
    {
        if (instruments.BatchSize.Enabled)
        {
            instruments.BatchSize.Record(count, new KeyValuePair<string, object?>(Tags.Route, _route));
        }
    }

    /// <summary>A former owner left so many on their way.</summary>
    public void Swept(int count)
    {
        var tags = Tagged(FindingCode.LinkLost);
        instruments.InDoubt.Add(count, in tags);
    }

    public void Waits(StopKind kind, FindingCode code) =>
        Stopped(kind is StopKind.Throttled or StopKind.Quota ? instruments.Throttles : instruments.Stops, Word(kind), code);

    public void Held(Hold hold, FindingCode code) => Stopped(instruments.Stops, hold.ToCode(), code);

    public void SessionOpened() => instruments.SessionOpened(route == Route.Graph);

    public void SessionClosed() => instruments.SessionClosed(route == Route.Graph);

    public static string Word(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => "sent",
        SendOutcome.Rejected => "failed",
        SendOutcome.RetryLater => "deferred",
        SendOutcome.InDoubt => "in-doubt",
        SendOutcome.Withdrawn => "withdrawn",
        _ => "stopped",
    };

    private static string Word(StopKind kind) => kind switch
    {
        StopKind.Throttled => "throttled",
        StopKind.Quota => "quota",
        StopKind.Unreachable => "unreachable",
        StopKind.Configuration => "configuration",
        _ => "blocked",
    };

    private void Stopped(Counter<long> counter, string kind, FindingCode code)
    {
        var tags = Tagged(code);
        tags.Add(Tags.StopKind, kind);
        counter.Add(1, in tags);
    }

    private TagList Tagged(FindingCode? code)
    {
        var tags = new TagList();
        if (_route is not null)
        {
            tags.Add(Tags.Route, _route);
        }

        if (instruments.PerRuleset)
        {
            tags.Add(Tags.Ruleset, _ruleset);
        }

        if (code is { } reason)
        {
            tags.Add(Tags.Error, Tags.Of(reason));
        }

        return tags;
    }
}
