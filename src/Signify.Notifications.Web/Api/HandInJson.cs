using System.Globalization;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Api;

/// <summary>The answer of <c>POST /api/v1/notifications</c>. Numbers of rows are texts: JavaScript rounds large numbers.</summary>
public sealed record NotificationHandedIn(string Id, string MailingId)
{
    internal static NotificationHandedIn From(HandInOutcome.NotificationQueued queued) => new(IdText.Of(queued.Id), IdText.Of(queued.MailingId));
}

/// <summary>The answer of <c>POST /api/v1/mailings</c>.</summary>
public sealed record MailingHandedIn(string MailingId, int Accepted, IReadOnlyList<RejectedLine> Rejected, long RejectedTotal)
{
    internal static MailingHandedIn From(HandInOutcome.MailingQueued queued) =>
        new(IdText.Of(queued.MailingId), queued.Accepted, queued.Rejected, queued.RejectedTotal);
}

internal static class IdText
{
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);
}
