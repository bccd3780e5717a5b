using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Access;

/// <summary>
/// Locks addresses that have no account as Identity locks accounts: counted in the database, so that a restart or another process is no
/// difference either, and without a window. Whoever tries does not learn from the lock which addresses have an account.
/// </summary>
/// <remarks>
/// Bounded: rows without a failure for 30 days are deleted, and beyond 100,000 the oldest. Accounts that exist are counted in their own
/// rows, which nothing here can push out.
/// </remarks>
public sealed class UnknownAccounts(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time)
{
    public const int Most = 100_000;

    private const int BetweenTrims = 500;
    private static readonly TimeSpan Stored = TimeSpan.FromDays(30);

    private int _added;

    public async Task<bool> IsLockedAsync(string address, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (hash, now) = (Hash(address), time.GetUtcNow());
        return await db.Set<UnknownAccount>().AnyAsync(a => a.AddressHash == hash && a.LockedUntil >= now, ct);
    }

    /// <param name="most">With so many failures the address is locked, and counting starts again.</param>
    /// <returns>True when this failure locked it.</returns>
    public async Task<bool> NoteFailureAsync(string address, int most, TimeSpan lockTime, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (hash, now) = (Hash(address), time.GetUtcNow());
        var until = now + lockTime;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "UnknownAccounts" ("AddressHash", "Failures", "LastFailureAt") VALUES ({hash}, 0, {now.UtcTicks})
            ON CONFLICT DO NOTHING
            """, ct);
        var row = db.Set<UnknownAccount>().Where(a => a.AddressHash == hash);
        var locked = await row.Where(a => a.Failures >= most - 1).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Failures, 0).SetProperty(a => a.LastFailureAt, now).SetProperty(a => a.LockedUntil, until), ct) == 1;
        if (!locked)
        {
            await row.ExecuteUpdateAsync(set => set.SetProperty(a => a.Failures, a => a.Failures + 1).SetProperty(a => a.LastFailureAt, now), ct);
        }

        if (Interlocked.Increment(ref _added) % BetweenTrims == 0)
        {
            await TrimAsync(Most, ct);
        }

        return locked;
    }

    /// <summary>Deletes what is older than 30 days, and the oldest beyond so many.</summary>
    public async Task TrimAsync(int most, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var old = time.GetUtcNow() - Stored;
        await db.Set<UnknownAccount>().Where(a => a.LastFailureAt < old).ExecuteDeleteAsync(ct);
        await db.Set<UnknownAccount>().OrderByDescending(a => a.LastFailureAt).Skip(most).ExecuteDeleteAsync(ct);
    }

    private static byte[] Hash(string address) => SHA256.HashData(Encoding.UTF8.GetBytes(address))[..16];
}
