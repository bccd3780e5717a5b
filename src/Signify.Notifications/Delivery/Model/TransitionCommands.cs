using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Model;

/// <summary>
/// Raises an event for some rows, with the counters of their mailings. Within the caller's transaction, which has the mailbox.
/// </summary>
internal static class TransitionCommands
{
    /// <param name="from">Only rows in this state; required where the event leads out of an outcome.</param>
    /// <param name="where">Which rows, as SQL.</param>
    /// <returns>How many rows changed.</returns>
    public static Task<int> ApplyAsync(
        this NotificationsDbContext db, NotificationEvent on, NotificationState? from, string where, DateTimeOffset now,
        CancellationToken ct,
        params (string Name, object Value)[] values) => db.ApplyAsync(TransitionSql.Update(on, from, where), from, now, values, ct);

    /// <summary>The report of an owner that has lost the row since: the rows marked <see cref="Transition.Late"/>.</summary>
    public static Task<int> ApplyLateAsync(
        this NotificationsDbContext db, NotificationEvent on, NotificationState from, string where, DateTimeOffset now,
        CancellationToken ct,
        params (string Name, object Value)[] values) =>
            db.ApplyAsync(TransitionSql.Update(on, from, where, late: true), from, now, values, ct);

    /// <summary>An open command within the context's transaction.</summary>
    public static async Task<DbCommand> CommandAsync(
        this NotificationsDbContext db, string sql, CancellationToken ct, params (string Name, object Value)[] values)
    {
        await db.Database.OpenConnectionAsync(ct);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (db.Database.CurrentTransaction as IInfrastructure<DbTransaction>)?.Instance;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static async Task<int> ApplyAsync(
        this NotificationsDbContext db, string sql, NotificationState? from, DateTimeOffset now,
        (string Name, object Value)[] values, CancellationToken ct)
    {
        var (rows, counts) = (0, new Dictionary<(long Mailing, NotificationState State), int>());
        await using (var command = await db.CommandAsync(sql, ct, [.. values, ("@now", now.UtcTicks)]))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                rows++;
                var mailing = reader.GetInt64(0);
                Add(mailing, (NotificationState)reader.GetInt32(1), 1);
                Add(mailing, from ?? NotificationState.Queued, -1);
            }
        }

        foreach (var ((mailing, state), amount) in counts.OrderBy(c => c.Key.Mailing))
        {
            await using var command = await db.CommandAsync(TransitionSql.Count(TransitionSql.Counter(state)!), ct,
                ("@amount", amount), ("@mailing", mailing));
            await command.ExecuteNonQueryAsync(ct);
        }

        return rows;

        void Add(long mailing, NotificationState state, int amount)
        {
            if (NotificationTransitions.IsOutcome(state))
            {
                counts[(mailing, state)] = counts.GetValueOrDefault((mailing, state)) + amount;
            }
        }
    }
}
