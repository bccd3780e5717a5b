using System.Globalization;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>A mailing's state, honestly: "finished" never hides one that was not sent.</summary>
internal static class MailingStatusWords
{
    public static MailingRow Row(Mailing m, HoldView hold, DateTimeOffset now)
    {
        var counts = MailingCounts.Of(m);
        var status = Status(m, counts, hold, now);
        return new MailingRow(m.Id, m.Name, status, Words(status, counts), m.Priority, m.CreatedAt, m.CreatedBy, m.NotBefore, m.ExpiresAt, counts);
    }

    private static MailingStatus Status(Mailing m, MailingCounts counts, HoldView hold, DateTimeOffset now) => (m.State, counts.Waiting) switch
    {
        (MailingState.Cancelled, > 0) => MailingStatus.Cancelling,
        (MailingState.Cancelled, _) => MailingStatus.Cancelled,
        (_, 0) => counts.Sent == counts.Total ? MailingStatus.Sent : MailingStatus.Finished,
        (MailingState.Paused, _) => MailingStatus.Paused,
        _ when hold.Held => MailingStatus.Held,
        _ when m.NotBefore > now => MailingStatus.Scheduled,
        _ => hold.HasSettings ? MailingStatus.Sending : MailingStatus.WaitingForSetup,
    };

    private static string Words(MailingStatus status, MailingCounts c) => status switch
    {
        MailingStatus.Sent => c.Total == 1 ? "Sent" : $"Sent to all {Number(c.Total)}",
        MailingStatus.Finished => Told("Finished", c),
        MailingStatus.Cancelled => Told("Cancelled", c),
        MailingStatus.Cancelling => Told("Being cancelled", c),
        MailingStatus.Paused => Told("Paused", c),
        MailingStatus.Held => Told("Held: sending is stopped", c),
        MailingStatus.WaitingForSetup => Told("Waiting for setup", c),
        MailingStatus.Scheduled => Told("Scheduled", c),
        _ => Told(c.Waiting == c.Total ? "Waiting" : "Sending", c),
    };

    private static string Told(string state, MailingCounts c)
    {
        string[] others =
        [
            .. Some(c.Failed, "failed"), .. Some(c.InDoubt, "in doubt"), .. Some(c.Expired, "expired"), .. Some(c.Cancelled, "cancelled"), .. Some(c.Waiting, "waiting"),
        ];
        return $"{state}: {Number(c.Sent)} of {Number(c.Total)} sent{string.Concat(others.Select(o => ", " + o))}";
    }

    private static string[] Some(int count, string what) => count == 0 ? [] : [$"{Number(count)} {what}"];

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
