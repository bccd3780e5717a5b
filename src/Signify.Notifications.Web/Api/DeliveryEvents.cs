using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Api;

/// <summary>The events <c>overview</c>, <c>hold</c> and <c>mailing</c>.</summary>
internal static class DeliveryEvents
{
    public static async IAsyncEnumerable<SseItem<string>> FollowAsync(DeliveryFeed feed, Guid rulesetId, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var change in feed.FollowAsync(rulesetId, ct))
        {
            yield return change switch
            {
                DeliveryEvent.OverviewChanged told => Item("overview", OverviewJson.Of(told.Overview)),
                DeliveryEvent.HoldChanged told => Item("hold", HoldJson.Of(told.Hold)),
                DeliveryEvent.MailingChanged told => Item("mailing", MailingEventJson.Of(told.Mailing)),
                _ => throw new InvalidOperationException("A change without an event."),
            };
        }
    }

    private static SseItem<string> Item<T>(string name, T state) => new(JsonSerializer.Serialize(state, FindingJson.Options), name);
}

/// <summary>A mailing's progress: the event <c>mailing</c>.</summary>
public sealed record MailingEventJson(string Id, MailingStatus State, string StateText, MailingCountsJson Counts, double? PerMinute, DateTimeOffset? EstimatedEnd)
{
    internal static MailingEventJson Of(MailingDetails d) => new(
        ApiId.Of(d.Row.Id), d.Row.Status, d.Row.StatusWords, MailingCountsJson.Of(d.Row.Counts), MailingProgressJson.Rounded(d.PerMinute), d.EstimatedEnd);
}
