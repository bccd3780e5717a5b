using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Benchmarks;

/// <summary>One database with ten thousand rulesets, whose history grows step by step.</summary>
internal sealed class GrowthLab : IAsyncDisposable
{
    private const int Portion = 100_000;

    private readonly PostgreSqlServer? _server;

    private GrowthLab(DeliveryLab program, PostgreSqlServer? server) => (Program, _server) = (program, server);

    public DeliveryLab Program { get; }

    public static async Task<GrowthLab> OnSqliteAsync() => new(await DeliveryLab.StartAsync(25, configuration: Configuration()), null);

    public static async Task<GrowthLab> OnPostgreSqlAsync()
    {
        var server = await PostgreSqlServer.StartAsync(durable: true);
        var configuration = Configuration();
        configuration["Database:Provider"] = "PostgreSql";
        configuration["ConnectionStrings:Notifications"] = await server.CreateAsync();
        return new GrowthLab(await DeliveryLab.StartAsync(25, configuration: configuration), server);
    }

    /// <summary>The rulesets and what waits in some of them: the same at every size.</summary>
    public async Task SetUpAsync()
    {
        for (var first = 1; first <= GrowthRulesets.Count; first += 1000)
        {
            await using var db = Program.NewContext();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.AddRange(GrowthRulesets.Of(Enumerable.Range(first, 1000), Program.Settings.FromEmail));
            await db.SaveChangesAsync();
        }
    }

    /// <param name="largest">The length of the history at which it reaches from a year ago to today.</param>
    public async Task GrowAsync(long from, long to, long largest)
    {
        var now = TimeProvider.System.GetUtcNow();
        var history = new GrowthRows(OnPostgreSql, now.AddDays(-365).UtcTicks, TimeSpan.FromDays(365).Ticks / largest);
        for (; from < to; from += Portion)
        {
            await RunAsync(history.Insert(from, Math.Min(from + Portion, to)));
        }

        // PostgreSQL does it by itself after so many rows; SQLite's log goes into the file as it does when sending rests.
        await RunAsync([OnPostgreSql ? "VACUUM (ANALYZE)" : "PRAGMA wal_checkpoint(TRUNCATE)"], together: false);
    }

    /// <summary>A thousand rows in the big mailbox that are older than everything else, and than the time they are kept for.</summary>
    public Task AddOutlivedAsync() =>
        RunAsync(GrowthRows.Outlived(OnPostgreSql, TimeProvider.System.GetUtcNow().AddDays(-400).UtcTicks).Insert(0, GrowthRows.Block));

    public async Task<long> BytesAsync() => Convert.ToInt64(
        await ScalarAsync(OnPostgreSql ? "SELECT pg_database_size(current_database())" : "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
        CultureInfo.InvariantCulture);

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var db = Program.NewContext();
        await using var command = await CommandAsync(db, sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private bool OnPostgreSql => _server is not null;

    // Longer than the history: only what is put in to be deleted is deleted.
    private static Dictionary<string, string?> Configuration() => new() { ["Retention:KeepDays"] = "380" };

    private async Task RunAsync(IEnumerable<string> statements, bool together = true)
    {
        await using var db = Program.NewContext();
        await using var transaction = together ? await db.Database.BeginTransactionAsync() : null;
        foreach (var sql in statements)
        {
            await using var command = await CommandAsync(db, sql);
            await command.ExecuteNonQueryAsync();
        }

        await (transaction?.CommitAsync() ?? Task.CompletedTask);
    }

    private static async Task<DbCommand> CommandAsync(NotificationsDbContext db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (db.Database.CurrentTransaction as Microsoft.EntityFrameworkCore.Infrastructure.IInfrastructure<DbTransaction>)?.Instance;
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        return command;
    }
}
