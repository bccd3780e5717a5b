using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>The database of a program as somebody else opens it: what another process would see and do.</summary>
public static class SecondConnection
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A context of its own on the same database.</summary>
    public static NotificationsDbContext NewContext(NotificationsDbContext like, IInterceptor interceptor) => like.Database.IsNpgsql()
        ? new PostgreSqlNotificationsDbContext(new DbContextOptionsBuilder<PostgreSqlNotificationsDbContext>().UseNpgsql(Text(like)).AddInterceptors(interceptor).Options)
        : new SqliteNotificationsDbContext(new DbContextOptionsBuilder<SqliteNotificationsDbContext>().UseSqlite(Text(like)).AddInterceptors(interceptor).Options);

    public static async Task<DbConnection> OpenAsync(NotificationsDbContext like)
    {
        DbConnection connection = like.Database.IsNpgsql() ? new NpgsqlConnection(Text(like)) : new SqliteConnection(Text(like));
        await connection.OpenAsync(Ct);
        return connection;
    }

    public static async Task<long> SqlAsync(NotificationsDbContext like, string sql)
    {
        await using var connection = await OpenAsync(like);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Makes the database refuse what is done to a table, as a full disk would.</summary>
    /// <param name="do">Such as <c>INSERT ON "Mailings"</c>.</param>
    public static Task<long> BreakAsync(NotificationsDbContext like, string @do) => SqlAsync(like, like.Database.IsNpgsql()
        ? $"""
          CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file: No space left on device'; END $$;
          CREATE TRIGGER broken BEFORE {@do} FOR EACH ROW EXECUTE FUNCTION broken()
          """
        : $"CREATE TRIGGER broken BEFORE {@do} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");

    public static Task<long> MendAsync(NotificationsDbContext like) =>
        SqlAsync(like, like.Database.IsNpgsql() ? "DROP FUNCTION broken CASCADE" : "DROP TRIGGER broken");

    /// <summary>Every row of every table of PostgreSQL but the key ring, as text.</summary>
    public static string AllText(NotificationsDbContext like)
    {
        using var connection = new NpgsqlConnection(Text(like));
        connection.Open();
        var text = new System.Text.StringBuilder();
        foreach (var table in like.Model.GetEntityTypes().Select(t => t.GetTableName()).Distinct().Where(t => t is not null and not "DataProtectionKeys"))
        {
            using var command = new NpgsqlCommand($"SELECT t::text FROM \"{table}\" t", connection);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                text.AppendLine(reader.GetString(0));
            }
        }

        return text.ToString();
    }

    // One that is pooled would keep a file or a database from being deleted.
    private static string Text(NotificationsDbContext like) => like.Database.GetDbConnection().ConnectionString + ";Pooling=False";
}
