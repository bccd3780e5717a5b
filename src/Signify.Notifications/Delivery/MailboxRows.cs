using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery;

/// <summary>From a ruleset to its mailbox, which everything else is looked up by, and the lock of what hangs on it.</summary>
internal static class MailboxRows
{
    /// <returns>Null when nothing was ever handed in or set for the ruleset.</returns>
    public static Task<int?> FindMailboxIdAsync(this NotificationsDbContext db, Guid rulesetId, CancellationToken ct) =>
        db.Set<Mailbox>().Where(m => m.RulesetId == rulesetId).Select(m => (int?)m.Id).SingleOrDefaultAsync(ct);

    /// <summary>The tracked row, made when there is none, and the only one's to change. Within the caller's transaction.</summary>
    public static async Task<Mailbox> MailboxAsync(this NotificationsDbContext db, Guid rulesetId, CancellationToken ct)
    {
        // Made by another process since this transaction began, it is not locked yet.
        await db.MakeMailboxAsync(rulesetId, ct);
        await db.LockAsync($"""FROM "Mailboxes" WHERE "RulesetId" = {rulesetId}""", ct);
        return await db.Set<Mailbox>().SingleAsync(m => m.RulesetId == rulesetId, ct);
    }

    /// <summary>Unless another process was faster.</summary>
    public static Task MakeMailboxAsync(this NotificationsDbContext db, Guid rulesetId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Mailboxes" ("RulesetId", "Epoch", "ControlVersion", "Turn", "SinglesTurn", "Hold", "Waits", "PaceShare")
        VALUES ({rulesetId}, 0, 0, 0, 0, 'None', 0, 1) ON CONFLICT ("RulesetId") DO NOTHING
        """,
        ct);

    /// <summary>
    /// Begins a transaction that is the only one to change what hangs on the mailbox: its hold, its owner, its queue, its mailings.
    /// New rows may be handed in meanwhile.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginForMailboxAsync(this NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync($"""FROM "Mailboxes" WHERE "Id" = {mailboxId}""", ct);
        return transaction;
    }

    /// <inheritdoc cref="BeginForMailboxAsync(NotificationsDbContext, int, CancellationToken)"/>
    public static async Task<IDbContextTransaction> BeginForMailboxAsync(this NotificationsDbContext db, Guid rulesetId, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync($"""FROM "Mailboxes" WHERE "RulesetId" = {rulesetId}""", ct);
        return transaction;
    }

    /// <summary>
    /// The same for a change that a power cut may undo, as long as nothing after it is stored either: its commit does not wait for the
    /// disk. Both databases write their commits to one log in order, so the next commit that waits makes this one durable too.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginUnsyncedForMailboxAsync(this NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        if (db.Database.IsNpgsql())
        {
            var begun = await db.Database.BeginTransactionAsync(ct);
            // With the lock, as a round trip of its own would cost more.
            await db.Database.ExecuteSqlAsync(
                $"""SELECT set_config('synchronous_commit', 'off', true) FROM "Mailboxes" WHERE "Id" = {mailboxId} FOR NO KEY UPDATE""", ct);
            return begun;
        }

        // For this connection, until it is opened the next time.
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", ct);
        return await db.Database.BeginTransactionAsync(ct);
    }

    /// <inheritdoc cref="BeginForMailboxAsync(NotificationsDbContext, int, CancellationToken)"/>
    public static async Task<IDbContextTransaction> BeginForMailboxesAsync(this NotificationsDbContext db, IEnumerable<int> mailboxIds, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = mailboxIds.Distinct().ToArray();
        // In one order, so that no two wait for each other.
        await db.LockAsync($"""FROM "Mailboxes" WHERE "Id" = ANY({ids}) ORDER BY "Id" """, ct);
        return transaction;
    }

    /// <inheritdoc cref="BeginForMailboxAsync(NotificationsDbContext, int, CancellationToken)"/>
    public static async Task<IDbContextTransaction> BeginForMailboxesAsync(
        this NotificationsDbContext db, Guid rulesetId, IReadOnlyCollection<int> others, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        int[] ids = [.. others];
        await db.LockAsync($"""FROM "Mailboxes" WHERE "RulesetId" = {rulesetId} OR "Id" = ANY({ids}) ORDER BY "Id" """, ct);
        return transaction;
    }
}
