using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Findings;
using Route = Signify.Notifications.Settings.Route;

namespace Signify.Notifications.Web.Api;

/// <summary>A notification in a list.</summary>
/// <param name="State">queued, scheduled, paused, sending, canceling, sent, failed, in-doubt, cancelled or expired.</param>
/// <param name="DueAt">Not tried before.</param>
/// <param name="EndedAt">When it came to its outcome.</param>
public record NotificationJson(
    string Id, string MailingId, string To, string? ToName, string State, DateTimeOffset AcceptedAt, DateTimeOffset DueAt, DateTimeOffset? EndedAt)
{
    /// <summary>"Claimed" is the sender's own term.</summary>
    internal static string Spelt(NotificationState state) => state == NotificationState.Claimed ? "sending" : state.ToCode();

    internal static NotificationJson Of(ActivityRow n) => new(
        ApiId.Of(n.Id), ApiId.Of(n.MailingId), n.To, n.ToName, Spelt(n.State), n.AcceptedAt, n.DueAt, n.EndedAt);
}

/// <param name="Words">The server's words; of a sent one its receipt.</param>
public sealed record AttemptJson(int Number, DateTimeOffset StartedAt, DateTimeOffset EndedAt, Route Route, AttemptOutcome Outcome, FindingCode? Code, string? Words);

/// <summary>The answer of <c>GET /api/v1/notifications/{id}</c>.</summary>
public sealed record NotificationDetailsJson(
    string Id, string MailingId, string To, string? ToName, string State, DateTimeOffset AcceptedAt, DateTimeOffset DueAt, DateTimeOffset? EndedAt,
    string? Cc, Priority Priority, DateTimeOffset? ExpiresAt, string MessageId, IReadOnlyList<AttemptJson> Attempts)
    : NotificationJson(Id, MailingId, To, ToName, State, AcceptedAt, DueAt, EndedAt)
{
    internal static NotificationDetailsJson Of(NotificationDetails d)
    {
        var n = d.Row;
        return new NotificationDetailsJson(
            ApiId.Of(n.Id), ApiId.Of(n.MailingId), n.To, n.ToName, Spelt(n.State), n.AcceptedAt, n.DueAt, n.EndedAt,
            d.Cc, d.Priority, d.ExpiresAt, d.MessageId,
            [.. d.Attempts.Select(a => new AttemptJson(a.Number, a.StartedAt, a.EndedAt, a.Route, a.Outcome, a.Code, a.Words))]);
    }
}

/// <summary>One page; <paramref name="Next"/> is given as <c>after</c> for the following one, and absent on the last. A page of a wide search may be short, or empty, and yet have a next.</summary>
public sealed record NotificationsJson(IReadOnlyList<NotificationJson> Items, string? Next);
