using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Control;

/// <summary>The same words to the same person as a new notification, in a mailing of one.</summary>
internal static class NotificationCopy
{
    /// <summary>Within the caller's transaction.</summary>
    /// <returns>The copy's number.</returns>
    public static async Task<long> MakeAsync(NotificationsDbContext db, Notification row, Mailing mailing, string by, DateTimeOffset now, CancellationToken ct)
    {
        var copy = Of(mailing, by, now);
        db.Add(copy);
        await db.SaveChangesAsync(ct);
        await CopyContentAsync(db, mailing.Id, copy.Id, ct);
        var notification = new Notification
        {
            MailboxId = row.MailboxId,
            MailingId = copy.Id,
            To = row.To,
            ToName = row.ToName,
            Cc = row.Cc,
            Fields = row.Fields,
            State = NotificationState.Queued,
            Priority = row.Priority,
            Turn = await NextTurnAsync(db, row.MailboxId, ct),
            DueAt = now,
            AcceptedAt = now,
        };
        db.Add(notification);
        await db.SaveChangesAsync(ct);
        return notification.Id;
    }

    private static Mailing Of(Mailing mailing, string by, DateTimeOffset now) => new()
    {
        MailboxId = mailing.MailboxId,
        OfOne = true,
        Name = mailing.Name,
        State = MailingState.Active,
        Priority = mailing.Priority,
        OnDoubt = mailing.OnDoubt,
        CreatedAt = now,
        CreatedBy = by,
        MessageIdSuffix = $".{RandomNumberGenerator.GetHexString(20, lowercase: true)}{mailing.MessageIdSuffix[mailing.MessageIdSuffix.LastIndexOf('@')..]}",
        Total = 1,
    };

    private static async Task CopyContentAsync(NotificationsDbContext db, long from, long to, CancellationToken ct)
    {
        var content = await db.Set<MailingContent>().AsNoTracking().SingleAsync(c => c.MailingId == from, ct);
        db.Add(new MailingContent { MailingId = to, Subject = content.Subject, Text = content.Text, Html = content.Html, Merges = content.Merges });
        await foreach (var file in db.Set<MailingAttachment>().AsNoTracking().Where(a => a.MailingId == from).AsAsyncEnumerable().WithCancellation(ct))
        {
            db.Add(new MailingAttachment { MailingId = to, Number = file.Number, Name = file.Name, ContentType = file.ContentType, Content = file.Content });
        }
    }

    /// <summary>As a single notification joins the queue: next to the newest claim, and behind the single that joined before it.</summary>
    private static async Task<long> NextTurnAsync(NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        var mailbox = await db.Set<Mailbox>().SingleAsync(m => m.Id == mailboxId, ct);
        mailbox.SinglesTurn = Math.Max(mailbox.Turn, mailbox.SinglesTurn) + 1;
        return mailbox.SinglesTurn;
    }
}
