using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Writes one mailing's rows, each batch in a transaction of its own, and completes the mailing in the last one. Until then it is
/// <see cref="MailingState.Receiving"/> and its rows are parked as <see cref="NotificationState.Paused"/>, outside the queue's index:
/// otherwise each claim would walk over all of them. The control sweep unparks them. A mailing of one batch is queued directly.
/// </summary>
internal sealed class MailingRows(
    IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turns, MessageIdSuffixes suffixes, TimeProvider time, int mailboxId, string by, NewMailing head, string? traceParent)
{
    private static readonly string[] Varying =
        [nameof(Notification.To), nameof(Notification.ToName), nameof(Notification.Cc), nameof(Notification.Fields), nameof(Notification.Turn)];

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private long _turn;

    /// <summary>0 before the first portion.</summary>
    public long MailingId { get; private set; }

    public int Written { get; private set; }

    /// <exception cref="NotStoredException">The database did not take it.</exception>
    public Task AddAsync(IReadOnlyList<QueuedRecipient> portion, CancellationToken ct) => NotStoredException.UnlessAsync(() => StoreAsync(portion, ct));

    /// <summary>The last portion, and with it the whole mailing goes to the sender.</summary>
    /// <param name="key">The row of the idempotency key, made once the mailing's number is known.</param>
    /// <returns>The key's row when another process was faster: nothing of this one stays.</returns>
    /// <exception cref="NotStoredException">The database did not take it.</exception>
    public Task<HandInKey?> FinishAsync(IReadOnlyList<QueuedRecipient> last, Func<NotificationsDbContext, Task<HandInKey?>> find, Func<HandInKey?> key, CancellationToken ct) =>
        NotStoredException.UnlessAsync(() => StoreLastAsync(last, find, key, ct));

    private async Task StoreAsync(IReadOnlyList<QueuedRecipient> portion, CancellationToken ct)
    {
        using var turn = await turns.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await InsertAsync(db, portion, parked: true, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<HandInKey?> StoreLastAsync(
        IReadOnlyList<QueuedRecipient> last, Func<NotificationsDbContext, Task<HandInKey?>> find, Func<HandInKey?> key, CancellationToken ct)
    {
        using var turn = await turns.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        if (await find(db) is { } other)
        {
            return other;
        }

        // Queued directly, they would overtake the parked ones before them.
        var parked = Written > 0;
        await InsertAsync(db, last, parked, ct);
        var received = await db.Set<Mailing>().Where(m => m.Id == MailingId && m.State == MailingState.Receiving).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, MailingState.Active).SetProperty(m => m.Total, Written)
                .SetProperty(m => m.RowsFollow, parked), ct);
        if (received == 0)
        {
            throw new NotStoredException(new InvalidOperationException("The mailing was swept away while it was received: its stream took more than a day."));
        }

        if (key() is { } kept)
        {
            using var keys = new RowInsert<HandInKey>(db);
            keys.Insert(kept);
        }

        // A caller who leaves at this moment would not know which it was.
        await transaction.CommitAsync(CancellationToken.None);
        return null;
    }

    private async Task InsertAsync(NotificationsDbContext db, IReadOnlyList<QueuedRecipient> portion, bool parked, CancellationToken ct)
    {
        if (MailingId == 0)
        {
            await BeginAsync(db, ct);
        }

        if (portion.Count == 0)
        {
            return;
        }

        using var notifications = new RowInsert<Notification>(db, Row(default, 0, parked), Varying);
        foreach (var recipient in portion)
        {
            notifications.Insert(Row(recipient, ++_turn, parked));
        }

        Written += portion.Count;
    }

    private async Task BeginAsync(NotificationsDbContext db, CancellationToken ct)
    {
        _turn = await db.Set<Mailbox>().Where(m => m.Id == mailboxId).Select(m => m.Turn).SingleAsync(ct);
        var domain = await suffixes.DomainAsync(db, mailboxId, ct);
        using var mailings = new RowInsert<Mailing>(db);
        MailingId = mailings.Insert(new Mailing
        {
            MailboxId = mailboxId,
            OfOne = false,
            Name = head.Name!,
            State = MailingState.Receiving,
            Priority = head.Priority,
            OnDoubt = head.OnDoubt,
            CreatedAt = _now,
            CreatedBy = by,
            NotBefore = head.NotBefore,
            ExpiresAt = head.ExpiresAt,
            MessageIdSuffix = MessageIdSuffixes.New(domain),
            TraceParent = traceParent,
        });
        using var content = new ContentInsert(db);
        content.Insert(MailingId, head.Subject!, head.Text, head.Html, merges: true, head.Attachments);
    }

    private Notification Row(QueuedRecipient recipient, long turn, bool parked)
    {
        var later = head.NotBefore > _now;
        return new Notification
        {
            MailboxId = mailboxId,
            MailingId = MailingId,
            To = recipient.Addressed.To.Address ?? "",
            ToName = recipient.Addressed.To.Name,
            Cc = recipient.Addressed.Cc,
            Fields = recipient.Fields,
            State = parked ? NotificationState.Paused : later ? NotificationState.Scheduled : NotificationState.Queued,
            Priority = head.Priority,
            Turn = turn,
            DueAt = later ? head.NotBefore!.Value : _now,
            ExpiresAt = head.ExpiresAt,
            AcceptedAt = _now,
        };
    }
}

/// <summary>A recipient that passed all rules.</summary>
internal readonly record struct QueuedRecipient(AddressedTo Addressed, string? Fields);
