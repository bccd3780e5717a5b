using Signify.Notifications.Delivery.Reading;

namespace Signify.Notifications.Web.Api;

/// <summary>A ruleset's delivery in numbers: the event <c>overview</c>.</summary>
/// <param name="SentLastMinute">Of all rulesets that send from the same mailbox; <paramref name="RecipientsIn24Hours"/> likewise.</param>
/// <param name="MailboxShared">Another ruleset of this installation sends from the same mailbox and shares its limits.</param>
/// <param name="WaitingOrMore">It is more than was counted.</param>
public sealed record OverviewJson(
    DateTimeOffset At, long Waiting, bool WaitingOrMore, long WaitingPaused, int InHand, int? SentLastMinute, int? AllowedPerMinute,
    int? RecipientsIn24Hours, int? AllowedIn24Hours, int SentToday, int FailedToday, long InDoubt, DateTimeOffset? OldestWaiting,
    DateTimeOffset? NextWindow, double PaceShare, bool MailboxShared)
{
    internal static OverviewJson Of(Overview o) => new(
        o.At, o.Waiting.Value, o.Waiting.OrMore, o.WaitingPaused.Value, o.InHand, o.SentLastMinute, o.Limits.PerMinute,
        o.RecipientsIn24Hours, o.Limits.RecipientsPerDay, o.SentToday, o.FailedToday, o.InDoubt.Value, o.OldestWaiting,
        o.NextWindow, o.PaceShare, o.MailboxShared);
}
