using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Moving;

namespace Signify.Notifications.Tests.Persistence.Moving;

/// <summary>Rows in every table that the model has, whichever it will have: made from the model, with what is hardest to carry among their values.</summary>
internal static class FullInstallation
{
    private const int Rows = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task FillAsync(SqlitePlace place)
    {
        await using var end = await SqliteMoveEnd.OpenSourceAsync(place, Ct);
        var made = new Dictionary<string, List<object?[]>>();
        var tables = MoveTable.Of(end.Db, end.Db);
        await end.EmptyAsync(tables, Ct);
        foreach (var table in tables)
        {
            var shape = end.Db.Model.GetRelationalModel().FindTable(table.Name, null)!;
            made[table.Name] = [.. Enumerable.Range(0, Rows).Select(i => Row(table, shape, i, made))];
            await end.WriteAsync(table, made[table.Name].ToAsyncEnumerable(), Ct);
        }
    }

    /// <summary>Every row of every table as text, in its order.</summary>
    public static async Task<List<string>> ReadAsync(IMoveEnd end, IMoveEnd other)
    {
        var lines = new List<string>();
        foreach (var table in MoveTable.Of(end.Db, other.Db))
        {
            await using var command = end.Db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT {table.ColumnList} FROM {table.Quoted}";
            await using var reader = await command.ExecuteReaderAsync(Ct);
            var rows = new List<string>();
            while (await reader.ReadAsync(Ct))
            {
                rows.Add($"{table.Name}: {string.Join('|', table.Columns.Select((c, i) => $"{c.Name}={Text(c.Read(reader, i))}"))}");
            }

            lines.AddRange(rows.Order(StringComparer.Ordinal));
        }

        return lines;
    }

    private static object?[] Row(MoveTable table, ITable shape, int i, Dictionary<string, List<object?[]>> made)
    {
        var row = table.Columns.Select(c => Value(c, shape, i)).ToArray();
        foreach (var key in shape.ForeignKeyConstraints.Where(f => f.PrincipalTable != shape))
        {
            // The same number of rows everywhere: what may be referred to once is referred to once.
            var principal = made[key.PrincipalTable.Name][i];
            var columns = key.PrincipalTable.Columns.Select(c => c.Name).ToList();
            foreach (var (own, its) in key.Columns.Zip(key.PrincipalColumns))
            {
                row[table.Columns.ToList().FindIndex(c => c.Name == own.Name)] = principal[columns.IndexOf(its.Name)];
            }
        }

        return row;
    }

    private static object? Value(MoveColumn column, ITable table, int i) => (column.Type, i) switch
    {
        _ when i % 3 == 1 && table.FindColumn(column.Name)!.IsNullable => null,
        _ when column.Json => """{"b":[1,2,{"z":"ü","a":null}],"a":"CAFE/+=="}""",
        ({ } t, _) when t == typeof(string) => string.Create(CultureInfo.InvariantCulture, $"{table.Name}.{column.Name}.{i} ' \" \\ ä€😀\r\n\t{new string('x', i == 5 ? 3000 : 1)}")[..(Indexed(column, table) ? 20 : ^0)] + i,
        ({ } t, _) when t == typeof(long) => i == 4 ? long.MaxValue - 7 : i == 3 ? 0L : 638_000_000_000_000_000L + i,
        ({ } t, _) when t == typeof(int) => i == 4 ? int.MaxValue / 100 : i + 1,
        ({ } t, _) when t == typeof(bool) => i % 2 == 0,
        ({ } t, _) when t == typeof(Guid) => new Guid(i, 2, 3, 0xFE, 5, 6, 7, 8, 9, 10, (byte)table.Name.Length),
        ({ } t, _) when t == typeof(DateOnly) => new DateOnly(2000 + i, 2, 28),
        ({ } t, _) when t == typeof(TimeSpan) => TimeSpan.FromMilliseconds(1500.25 * i),
        ({ } t, _) when t == typeof(double) => 1.0 / (i + 3),
        _ => i == 2 ? [] : (byte[])[0, 255, (byte)i],
    };

    // No index takes a text of any length.
    private static bool Indexed(MoveColumn column, ITable table) =>
        table.Indexes.SelectMany(x => x.Columns).Concat(table.UniqueConstraints.SelectMany(u => u.Columns)).Any(c => c.Name == column.Name);

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
