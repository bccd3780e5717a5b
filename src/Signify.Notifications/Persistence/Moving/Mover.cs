using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>
/// Moves an installation from one database to the other: every table, the key ring, the numbers that are given next. Reads the source
/// and changes it only at the end, by the mark that keeps the program from starting on it. See docs/decisions/0024.
/// </summary>
/// <param name="tell">What is said to the operator meanwhile.</param>
internal sealed class Mover(IMoveEnd source, IMoveEnd goal, KeyTransfer keys, TimeProvider time, Action<string> tell)
{
    /// <exception cref="StartRefusedException">The source is of another version or was moved already, or the goal holds data. Nothing was changed.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var (gone, filling) = (await MoveMark.ReadAsync(source.Db, ct), await MoveMark.ReadAsync(goal.Db, ct));
        if (gone is { State: MoveState.Moved } && filling is { State: MoveState.Filling } && gone.Move == filling.Move)
        {
            // Everything was compared before the source was marked.
            await MoveMark.ClearAsync(goal.Db, ct);
            tell("The move was complete but for its last word, which is said now.");
            return;
        }

        await MoveMark.RefuseAsync(source.Db, ct);
        await RefuseShapeAsync(ct);
        if (filling is not { State: MoveState.Filling })
        {
            await MoveMark.RefuseAsync(goal.Db, ct);
        }

        await goal.MigrateAsync(ct);
        var tables = MoveTable.Of(source.Db, goal.Db);
        if (filling is null)
        {
            await RefuseDataAsync(tables, ct);
        }

        var move = Guid.NewGuid();
        await new MoveMark(MoveState.Filling, move, time.GetUtcNow(), source.Place).WriteAsync(goal.Db, ct);
        await goal.EmptyAsync(tables, ct);
        var sums = await CopyAsync(tables, ct);
        await CopyKeysAsync(ct);
        await goal.FinishAsync(ct);
        await CompareAsync(tables, sums, ct);
        // From here on the source does not start any more, and the goal not yet: never both.
        await new MoveMark(MoveState.Moved, move, time.GetUtcNow(), goal.Place).WriteAsync(source.Db, ct);
        await MoveMark.ClearAsync(goal.Db, ct);
    }

    private async Task<Dictionary<string, string>> CopyAsync(IReadOnlyList<MoveTable> tables, CancellationToken ct)
    {
        var sums = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            using var sum = new RowSum();
            await goal.WriteAsync(table, RowsAsync(source, table, sum, ct), ct);
            if (table.Number is not null)
            {
                await goal.SetLastNumberAsync(table, await source.LastNumberAsync(table, ct), ct);
            }

            sums[table.Name] = sum.Value;
            tell($"{table.Name}: {sum.Rows} {(sum.Rows == 1 ? "row" : "rows")}");
        }

        return sums;
    }

    /// <summary>Reads what was written, all of it.</summary>
    private async Task CompareAsync(IReadOnlyList<MoveTable> tables, Dictionary<string, string> sums, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            using var sum = new RowSum();
            await foreach (var _ in RowsAsync(goal, table, sum, ct))
            {
            }

            if (sum.Value != sums[table.Name])
            {
                throw new StartRefusedException($"{table.Name} is not the same on both sides ({sums[table.Name]} there, {sum.Value} here). The installation on {source.Place} is untouched and starts as before; please report this.");
            }
        }

        tell($"Compared: {tables.Count} tables are the same on both sides.");
    }

    private static async IAsyncEnumerable<object?[]> RowsAsync(IMoveEnd of, MoveTable table, RowSum sum, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = of.Db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout) = ($"SELECT {table.ColumnList} FROM {table.Quoted}", 0);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var values = new object?[table.Columns.Count];
        while (await reader.ReadAsync(ct))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = table.Columns[i].Read(reader, i);
            }

            sum.Add(values);
            yield return values;
        }
    }

    private async Task CopyKeysAsync(CancellationToken ct)
    {
        var ring = await source.ReadKeysAsync(ct);
        await goal.WriteKeysAsync(ring.ToDictionary(k => k.Key, k => keys.Close(k.Value)), ct);
        var written = await goal.ReadKeysAsync(ct);
        if (ring.Any(k => !XNode.DeepEquals(keys.Open(k.Value), keys.Open(written[k.Key]))))
        {
            throw new StartRefusedException("The key ring is not the same on both sides. The source is untouched; please report this.");
        }

        tell($"Key ring: {ring.Count} {(ring.Count == 1 ? "key" : "keys")}");
    }

    private async Task RefuseShapeAsync(CancellationToken ct)
    {
        var known = source.Db.Database.GetMigrations().ToList();
        var applied = (await source.Db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        if (applied.Except(known).Any())
        {
            throw new StartRefusedException($"{source.Place} is of a newer version of this program. Move it with that version.");
        }

        if (known.Except(applied).Any())
        {
            throw new StartRefusedException($"{source.Place} is of an older version of this program, or empty. Start this version on it once, stop it, and move then.");
        }
    }

    /// <summary>A new database holds what its migrations bring, and nothing else.</summary>
    private async Task RefuseDataAsync(IReadOnlyList<MoveTable> tables, CancellationToken ct)
    {
        var model = goal.Db.GetService<IDesignTimeModel>().Model;
        foreach (var table in tables)
        {
            var seeds = model.GetEntityTypes().Where(t => t.GetTableName() == table.Name).Sum(t => t.GetSeedData().Count());
            await using var command = goal.Db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table.Quoted}";
            if (await command.ExecuteScalarAsync(ct) is long rows && rows > seeds)
            {
                throw new StartRefusedException($"{goal.Place} holds data already ({rows} rows of {table.Name}): a move replaces nothing. Name an empty database.");
            }
        }
    }
}
