using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// The queue as its owner sees it. Everything it changes asks for the owner's epoch again: a process that was frozen while another
/// took over changes nothing. No transaction is open while we talk to a server.
/// </summary>
public sealed class Outbox(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, SenderIdentity self, TimeProvider time)
{
    /// <summary>Makes the caller the mailbox's one owner, until the next one does.</summary>
    /// <returns>
    /// The new epoch; null while another process that is alive owns it, or sends from the same mailbox for another ruleset.
    /// </returns>
    public async Task<long?> TakeOverAsync(int mailboxId, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        object? key = null;
        key = await ScalarAsync(OutboxSql.ActiveKey);
        var shared = db.Database.IsNpgsql() && key is string;
        if (shared)
        {
            await ScalarAsync(LeaseSql.LockKey);
            await ScalarAsync(LeaseSql.LockRows);
        }

        var epoch = await ScalarAsync(db.Database.IsNpgsql() ? LeaseSql.TakeOver : OutboxSql.TakeOver);
        if (shared && epoch is not null)
        {
            await ScalarAsync(LeaseSql.Evict);
        }

        await transaction.CommitAsync(ct);
        return epoch is null ? null : Convert.ToInt64(epoch, System.Globalization.CultureInfo.InvariantCulture);

        async Task<object?> ScalarAsync(string sql)
        {
            (string, object)[] values = [("@mailbox", mailboxId), ("@owner", self.Id), ("@key", key ?? DBNull.Value)];
            await using var command = await db.CommandAsync(sql, ct, values);
            return await command.ExecuteScalarAsync(ct);
        }
    }

    /// <summary>Lets another process take over at once.</summary>
    public async Task ReleaseAsync(int mailboxId, long epoch, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var command = await db.CommandAsync(OutboxSql.Release, ct, ("@mailbox", mailboxId), ("@epoch", epoch));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Concludes what an earlier owner left: settles what was sent, returns to the queue what was claimed only. A message that was in
    /// flight is unconfirmed: it is sent again with the same Message-ID, or waits for an administrator, as its mailing says.
    /// </summary>
    /// <returns>How many are unconfirmed.</returns>
    public async Task<int> SweepAsync(int mailboxId, long epoch, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        (string, object)[] owner = [("@mailbox", mailboxId), ("@epoch", epoch)];
        var now = time.GetUtcNow();
        (string, object)[] atNow = [.. owner, ("@now", now.UtcTicks)];
        foreach (var settle in SettleSql.OfMailbox)
        {
            await RunAsync(db, settle, ct, ("@mailbox", mailboxId));
        }

        var unconfirmed = await RunAsync(db, OutboxSql.SweepAttempts, ct, atNow);
        await RunAsync(db, OutboxSql.SweepPaced, ct, atNow);
        (string, object)[] inFlight = [.. owner, ("@used", 1), ("@due", now.UtcTicks)];
        await db.ApplyAsync(
            NotificationEvent.LeaveUnconfirmed, null, $"{OutboxSql.AbandonedInFlight} AND {OutboxSql.LeftToAdministrator}", now, ct,
            [.. inFlight, ("@most", RetrySchedule.MostAttempts), ("@resends", Verdict.MostResends)]);
        await db.ApplyAsync(NotificationEvent.RetryUnconfirmed, null, OutboxSql.AbandonedInFlight, now, ct, inFlight);
        await RunAsync(db, OutboxSql.SweepInFlight, ct, owner);
        await db.ApplyAsync(NotificationEvent.Release, null, OutboxSql.Abandoned, now, ct, owner);
        await transaction.CommitAsync(ct);
        return unconfirmed;
    }

    /// <summary>Queues what is due of the scheduled ones, a portion at a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PromoteAsync(int mailboxId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        using var held = await turn.TakeAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        var promoted = await db.ApplyAsync(NotificationEvent.Promote, null, OutboxSql.Due, time.GetUtcNow(), ct, ("@mailbox", mailboxId));
        await transaction.CommitAsync(ct);
        return promoted;
    }

    /// <summary>Takes up to so many from the queue, in their order, for this owner and no one else.</summary>
    public Task<IReadOnlyList<InHand>> ClaimAsync(int mailboxId, long epoch, int most, CancellationToken ct) =>
        ClaimAsync(mailboxId, epoch, most, Priority.Low, durable: false, ct);

    /// <summary>The same, of this priority or a higher one alone.</summary>
    /// <param name="durable">
    /// Whether the commit waits for the disk, where the record of what began before it did not. A claim itself need not: one that is
    /// lost leaves its messages in the queue, and none of them goes before a record after it is durable.
    /// </param>
    public async Task<IReadOnlyList<InHand>> ClaimAsync(int mailboxId, long epoch, int most, Priority lowest, bool durable, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        // On PostgreSQL the record always waits.
        await using var transaction = durable && !db.Database.IsNpgsql()
            ? await db.BeginForMailboxAsync(mailboxId, ct)
            : await db.BeginUnsyncedForMailboxAsync(mailboxId, ct);
        var claimed = new List<InHand>(most);
        (string, object)[] which = [("@mailbox", mailboxId), ("@epoch", epoch), ("@most", most), ("@lowest", (int)lowest)];
        await using (var command = await db.CommandAsync(OutboxSql.Claim, ct, which))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                claimed.Add(Read(reader, mailboxId, epoch));
            }
        }

        if (claimed.Count > 0)
        {
            // The update gives them back in any order.
            claimed.Sort((a, b) => (a.Priority, a.Turn, a.Id).CompareTo((b.Priority, b.Turn, b.Id)));
            await using var advance = await db.CommandAsync(OutboxSql.AdvanceTurn, ct, ("@mailbox", mailboxId),
                ("@turn", claimed.Max(n => n.Turn)));
            await advance.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return claimed;
    }

    /// <summary>Returns what this owner claimed and did not send to the queue; what was canceled meanwhile is canceled.</summary>
    public async Task ReleaseUnsentAsync(int mailboxId, long epoch, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        await db.ApplyAsync(NotificationEvent.Release, null, OutboxSql.Unsent, time.GetUtcNow(), ct, ("@mailbox", mailboxId),
            ("@epoch", epoch));
        await transaction.CommitAsync(ct);
    }

    /// <summary>Whether this one is in this owner's hands still. Asked just before DATA and before the dot, where a sender that stood still may go on.</summary>
    public bool IsMine(InHand n)
    {
        using var db = contexts.CreateDbContext();
        return db.Set<Notification>().Any(r => r.Id == n.Id && r.Epoch == n.Epoch && r.State == NotificationState.Claimed)
            && db.Set<Mailbox>().Any(m => m.Id == n.MailboxId && m.Epoch == n.Epoch && m.Hold == Hold.None);
    }

    /// <summary>Which of these were called back since they were claimed: cancelled, or their mailing is not active any more.</summary>
    public async Task<IReadOnlySet<long>> CalledBackAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var called = await db.Set<Notification>().Where(n => ids.Contains(n.Id))
            .Where(n => n.State != NotificationState.Claimed
                || db.Set<Mailing>().Any(m => m.Id == n.MailingId && m.State != MailingState.Active))
            .Select(n => n.Id).ToListAsync(ct);
        return called.ToHashSet();
    }

    /// <summary>What was stored of the spans that these mailings were handed in under; those without one are left out.</summary>
    public async Task<IReadOnlyList<(long Mailing, string TraceParent)>> TraceParentsAsync(IReadOnlyCollection<long> mailings, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var stored = await db.Set<Mailing>().Where(m => mailings.Contains(m.Id) && m.TraceParent != null)
            .Select(m => new { m.Id, m.TraceParent }).ToListAsync(ct);
        return [.. stored.Select(m => (m.Id, m.TraceParent!))];
    }

    /// <summary>The mailboxes with something to do now: something is due, or a former owner left something in its hands.</summary>
    /// <returns>Each with the leader of those that share its mailbox at Microsoft: see <see cref="MailboxGroup"/>.</returns>
    public async Task<IReadOnlyList<(int Mailbox, int Leader)>> WithWorkAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var command = await db.CommandAsync(OutboxSql.WithWork, ct, ("@now", time.GetUtcNow().UtcTicks));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var mailboxes = new List<(int Mailbox, int Leader)>();
        while (await reader.ReadAsync(ct))
        {
            mailboxes.Add((reader.GetInt32(0), reader.GetInt32(1)));
        }

        return mailboxes;
    }

    private static InHand Read(DbDataReader row, int mailboxId, long epoch) => new(
        row.GetInt64(0), mailboxId, epoch, row.GetInt64(1), row.GetString(2), Text(row, 3), Text(row, 4), Text(row, 5),
        (Priority)row.GetInt32(6), row.GetInt64(7), row.GetInt32(8),
        row.IsDBNull(9) ? null : new DateTimeOffset(row.GetInt64(9), TimeSpan.Zero));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task<int> RunAsync(NotificationsDbContext db, string sql, CancellationToken ct,
        params (string Name, object Value)[] values)
    {
        await using var command = await db.CommandAsync(sql, ct, values);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
