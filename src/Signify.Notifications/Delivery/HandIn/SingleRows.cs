using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Writes single notifications: for each a mailing of one, its words, its files, its row, its key.</summary>
internal sealed class SingleRows(MessageIdSuffixes suffixes, HandInKeys keys, TimeProvider time)
{
    /// <summary>Within the caller's transaction; sets each one's answer.</summary>
    public async Task AddAsync(NotificationsDbContext db, IReadOnlyList<SingleHandIn> singles, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        using var mailings = new RowInsert<Mailing>(db);
        using var notifications = new RowInsert<Notification>(db);
        using var content = new ContentInsert(db);
        using var kept = new RowInsert<HandInKey>(db);
        foreach (var ofMailbox in singles.GroupBy(s => s.MailboxId))
        {
            var domain = await suffixes.DomainAsync(db, ofMailbox.Key, ct);
            var mailbox = await db.Set<Mailbox>().Where(m => m.Id == ofMailbox.Key).Select(m => new { m.Turn, m.SinglesTurn }).SingleAsync(ct);
            var turn = mailbox.SinglesTurn;
            foreach (var single in ofMailbox)
            {
                if (single.Key is not null && await keys.FindAsync(db, single.MailboxId, single.Key, ct) is { } other)
                {
                    // Another process was faster: its answer is the answer.
                    single.Answer = HandInKeys.Replay(other, single.BodyHash!);
                    continue;
                }

                turn = Math.Max(mailbox.Turn, turn + 1);
                var mailingId = mailings.Insert(MailingOf(single, MessageIdSuffixes.New(domain), now));
                content.Insert(mailingId, single.Message.Subject!, single.Message.Text, single.Message.Html, merges: false, single.Message.Attachments);
                var answer = new HandInOutcome.NotificationQueued(notifications.Insert(NotificationOf(single, mailingId, turn, now)), mailingId);
                single.Answer = answer;
                if (single.Key is { } key)
                {
                    kept.Insert(keys.Row(single.MailboxId, key, single.BodyHash!, mailingId, answer));
                }
            }

            await db.Set<Mailbox>().Where(m => m.Id == ofMailbox.Key).ExecuteUpdateAsync(set => set.SetProperty(m => m.SinglesTurn, turn), ct);
        }
    }

    private static Mailing MailingOf(SingleHandIn single, string suffix, DateTimeOffset now) => new()
    {
        MailboxId = single.MailboxId,
        OfOne = true,
        Name = "",
        State = MailingState.Active,
        Priority = single.Message.Priority,
        OnDoubt = single.Message.OnDoubt,
        CreatedAt = now,
        CreatedBy = single.By,
        NotBefore = single.Message.NotBefore,
        ExpiresAt = single.Message.ExpiresAt,
        MessageIdSuffix = suffix,
        TraceParent = single.TraceParent,
        Total = 1,
    };

    private static Notification NotificationOf(SingleHandIn single, long mailingId, long turn, DateTimeOffset now)
    {
        var later = single.Message.NotBefore > now;
        return new Notification
        {
            MailboxId = single.MailboxId,
            MailingId = mailingId,
            To = single.Addressed.To.Address,
            ToName = single.Addressed.To.Name,
            Cc = single.Addressed.Cc,
            State = later ? NotificationState.Scheduled : NotificationState.Queued,
            Priority = single.Message.Priority,
            Turn = turn,
            DueAt = later ? single.Message.NotBefore!.Value : now,
            ExpiresAt = single.Message.ExpiresAt,
            AcceptedAt = now,
        };
    }
}
