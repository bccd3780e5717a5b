using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Web.Api;

/// <summary>A mailing in a list.</summary>
/// <param name="StateText">The state and the numbers in a few words.</param>
public record MailingJson(
    string Id, string Name, MailingStatus State, string StateText, Priority Priority, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? NotBefore, DateTimeOffset? ExpiresAt, MailingCountsJson Counts)
{
    internal static MailingJson Of(MailingRow m) => new(
        ApiId.Of(m.Id), m.Name, m.Status, m.StatusWords, m.Priority, m.CreatedAt, m.CreatedBy, m.NotBefore, m.ExpiresAt, MailingCountsJson.Of(m.Counts));
}

/// <summary>Notifications by what became of them.</summary>
/// <param name="Waiting">Still to go, in hand included.</param>
public sealed record MailingCountsJson(int Total, int Waiting, int Sent, int Failed, int InDoubt, int Cancelled, int Expired)
{
    internal static MailingCountsJson Of(MailingCounts c) => new(c.Total, c.Waiting, c.Sent, c.Failed, c.InDoubt, c.Cancelled, c.Expired);
}

/// <summary>What waits, by why.</summary>
/// <param name="Scheduled">For their time or their next attempt; not counted beyond 10,000.</param>
/// <param name="Sending">In a sender's batch or on its way.</param>
public sealed record MailingWaitingJson(int Queued, long Scheduled, int Paused, int Sending);

/// <param name="PerMinute">Sent a minute of late; absent when nothing was in the last five minutes.</param>
/// <param name="AllowedPerMinute">What the provider allows; absent when unlimited.</param>
public sealed record MailingPaceJson(double? PerMinute, int? AllowedPerMinute);

/// <summary>The answer of <c>GET /api/v1/mailings/{id}</c>.</summary>
/// <param name="EstimatedEnd">Absent when it cannot be told, or is over.</param>
public sealed record MailingProgressJson(
    string Id, string Name, MailingStatus State, string StateText, Priority Priority, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? NotBefore, DateTimeOffset? ExpiresAt, MailingCountsJson Counts,
    string Subject, MailingWaitingJson Waiting, MailingPaceJson Pace, DateTimeOffset? EstimatedEnd, DateTimeOffset? FirstSentAt, DateTimeOffset? LastSentAt)
    : MailingJson(Id, Name, State, StateText, Priority, CreatedAt, CreatedBy, NotBefore, ExpiresAt, Counts)
{
    internal static MailingProgressJson Of(MailingDetails d, PaceLimits limits)
    {
        var m = d.Row;
        return new MailingProgressJson(
            ApiId.Of(m.Id), m.Name, m.Status, m.StatusWords, m.Priority, m.CreatedAt, m.CreatedBy, m.NotBefore, m.ExpiresAt, MailingCountsJson.Of(m.Counts),
            d.Subject,
            new MailingWaitingJson(d.Queued, d.Scheduled.Value, d.Paused, d.InHand),
            new MailingPaceJson(Rounded(d.PerMinute), limits.PerMinute),
            d.EstimatedEnd, d.FirstSentAt, d.LastSentAt);
    }

    internal static double? Rounded(double? perMinute) => perMinute is { } rate ? Math.Round(rate, 1) : null;
}

/// <summary>One page; <paramref name="Next"/> is given as <c>after</c> for the following one, and absent on the last.</summary>
public sealed record MailingsJson(IReadOnlyList<MailingJson> Items, string? Next);
