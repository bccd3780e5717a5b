using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence.PostgreSql.Membership;

namespace Signify.Notifications.Persistence.PostgreSql;

/// <summary>
/// Migrations that change what stored values mean, so that no process of an earlier version may run during or after them. All others
/// only add, and processes of two neighboring versions work next to each other. See docs/cluster.md, Rolling upgrade.
/// </summary>
internal static class ExclusiveMigrations
{
    /// <summary>A process that was killed counts as alive for eight seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Without the time in front, which differs between the providers.
    private static readonly string[] Names = ["StateMachine"];

    /// <summary>
    /// Call it under the lock of <see cref="PostgreSqlStorage.MigrateAloneAsync"/>: a process that starts meanwhile waits for that.
    /// </summary>
    /// <exception cref="StartRefusedException">Such a migration is to be applied, and other processes are sending.</exception>
    public static async Task RefuseAsync(NotificationsDbContext db, CancellationToken ct)
    {
        if (!db.Database.IsNpgsql() || !(await db.Database.GetAppliedMigrationsAsync(ct)).Any() || !await AnyPendingAsync(db, ct))
        {
            return;
        }

        for (var waited = TimeSpan.Zero; await CountAliveAsync(db, ct) is var alive and > 0; waited += Interval)
        {
            if (waited >= Patience)
            {
                throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture,
                    $"This version changes the database in a way that the version before cannot work with, and {alive} of its processes "
                    + $"are running. "
                    + $"Stop every process, then start this version. The database is unchanged."));
            }

            await Task.Delay(Interval, ct);
        }
    }

    private static async Task<bool> AnyPendingAsync(NotificationsDbContext db, CancellationToken ct) =>
        (await db.Database.GetPendingMigrationsAsync(ct)).Any(id => Names.Contains(id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]));

    private static async Task<int> CountAliveAsync(NotificationsDbContext db, CancellationToken ct) =>
        await db.Database.SqlQueryRaw<int>(SenderProcess.CountAlive).SingleAsync(ct);
}
