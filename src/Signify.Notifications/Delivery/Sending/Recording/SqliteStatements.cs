using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// Prepared statements of one SQLite connection, with values bound by position: the ADO.NET command looks each one up by name, which
/// costs more than running the statement.
/// </summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, (sqlite3_stmt Statement, int[] Positions)> _prepared = new(ByReference.Instance);

    /// <returns>Whether it returned a row.</returns>
    /// <exception cref="SqliteException">The database refused.</exception>
    public bool Run(string sql, params ReadOnlySpan<RecordValue> values)
    {
        var (statement, positions) = Prepared(sql, values);
        for (var i = 0; i < values.Length; i++)
        {
            Bind(statement, positions[i], values[i].Value);
        }

        var result = raw.sqlite3_step(statement);
        var returned = result == raw.SQLITE_ROW;
        // A RETURNING clause has made its change before its first row: the rest is the end.
        var end = raw.sqlite3_reset(statement);
        SqliteException.ThrowExceptionForRC(returned ? end : result == raw.SQLITE_DONE ? raw.SQLITE_OK : result, connection.Handle);
        return returned;
    }

    public void Dispose()
    {
        foreach (var (statement, _) in _prepared.Values)
        {
            statement.Dispose();
        }

        _prepared.Clear();
    }

    private (sqlite3_stmt Statement, int[] Positions) Prepared(string sql, ReadOnlySpan<RecordValue> values)
    {
        if (!_prepared.TryGetValue(sql, out var prepared))
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement), connection.Handle);
            var positions = new int[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                positions[i] = raw.sqlite3_bind_parameter_index(statement, "@" + values[i].Name);
            }

            _prepared.Add(sql, prepared = (statement, positions));
        }

        return prepared;
    }

    private void Bind(sqlite3_stmt statement, int position, object? value)
    {
        // 0: the statement does not ask for it.
        var result = position == 0 ? raw.SQLITE_OK : value switch
        {
            long number => raw.sqlite3_bind_int64(statement, position, number),
            int number => raw.sqlite3_bind_int(statement, position, number),
            string text => raw.sqlite3_bind_text(statement, position, text),
            _ => raw.sqlite3_bind_null(statement, position),
        };
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    /// <summary>Each statement is one constant: no text is compared.</summary>
    private sealed class ByReference : IEqualityComparer<string>
    {
        public static ByReference Instance { get; } = new();

        public bool Equals(string? x, string? y) => ReferenceEquals(x, y);

        public int GetHashCode(string obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
