using System.Diagnostics;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>A hand-in as traces and numbers show it.</summary>
internal sealed class HandInTrace(Instruments instruments)
{
    /// <param name="handIn">Is given what to store beside the mailing, so that its messages point back here; null when nobody traces.</param>
    public async Task<HandInOutcome> OfAsync(Guid rulesetId, Func<string?, Task<HandInOutcome>> handIn)
    {
        using var span = Tracing.Source.StartActivity(SpanNames.HandIn, ActivityKind.Producer);
        var outcome = await handIn(span.Stored());
        Count(rulesetId, outcome);
        if (span is { IsAllDataRequested: true })
        {
            Tell(span.SetTag(Tags.Ruleset, rulesetId), outcome);
        }

        return outcome;
    }

    private void Count(Guid rulesetId, HandInOutcome outcome)
    {
        var accepted = outcome switch
        {
            HandInOutcome.NotificationQueued { Replayed: false } => 1,
            HandInOutcome.MailingQueued { Replayed: false } mailing => mailing.Accepted,
            _ => 0,
        };
        if (accepted == 0 || !instruments.HandedIn.Enabled)
        {
            return;
        }

        var tags = new TagList();
        if (instruments.PerRuleset)
        {
            tags.Add(Tags.Ruleset, rulesetId);
        }

        instruments.HandedIn.Add(accepted, in tags);
    }

    private static void Tell(Activity span, HandInOutcome outcome)
    {
        switch (outcome)
        {
            case HandInOutcome.NotificationQueued queued:
                span.SetTag(Tags.Outcome, queued.Replayed ? "replayed" : "queued").SetTag(Tags.Notification, queued.Id).SetTag(Tags.Mailing, queued.MailingId);
                break;
            case HandInOutcome.MailingQueued queued:
                span.SetTag(Tags.Outcome, queued.Replayed ? "replayed" : "queued").SetTag(Tags.Accepted, queued.Accepted).SetTag(Tags.Mailing, queued.MailingId);
                break;
            case HandInOutcome.NotStored:
                span.SetTag(Tags.Outcome, "not-stored").Fail("not-stored");
                break;
            default:
                span.SetTag(Tags.Outcome, "refused");
                break;
        }
    }
}
