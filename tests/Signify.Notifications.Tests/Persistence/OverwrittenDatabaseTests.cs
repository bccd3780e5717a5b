using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>
/// A database file that is changed under the running program by others is noticed; what SQLite itself does with it raises no alarm.
/// </summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class OverwrittenDatabaseTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private TestLibrary _library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.Data, "notifications.db");

    public async ValueTask InitializeAsync()
    {
        _library = await TestLibrary.StartAsync(_folder);
        await RunAsync("CREATE TABLE \"Big\" (\"Content\" BLOB)", Grow, Checkpoint);
    }

    public async ValueTask DisposeAsync()
    {
        await _library.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("emptied", ": > \"$1\"")]
    [InlineData("cut off", "truncate -s 65536 \"$1\"")]
    [InlineData("written over with something else", "head -c 500000 /dev/urandom > \"$1\"")]
    [InlineData("written over with an older copy", "cat \"$1.older\" > \"$1\"")]
    [InlineData("written over with a backup", "cat \"$2/notifications.db\" > \"$1\"")]
    [InlineData("deleted", "rm \"$1\"")]
    [InlineData("replaced", "cp \"$1\" \"$1.new\"; mv \"$1.new\" \"$1\"")]
    public async Task A_file_that_was_changed_by_others_is_noticed(string what, string how)
    {
        await ShellAsync("cp \"$1\" \"$1.older\"");
        var backup = Path.Combine(_folder.Path, "backup");
        await new BackupTaking(_folder.Data, File, TimeProvider.System).TakeAsync(backup, Ct);
        await RunAsync(Grow, Checkpoint);
        await OpenForAsync(TimeSpan.FromSeconds(2));

        await ShellAsync(how, backup);

        var fault = await Assert.ThrowsAsync<DatabaseFileLostException>(() => OpenForAsync(TimeSpan.FromMinutes(1)));
        Assert.True(DatabaseFault.Find(fault)?.Code == "file-replaced", what);
        Assert.Contains(_library.Logs.Lines, l => l.Contains("deleted, replaced or overwritten", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Checkpoints_vacuum_and_backups_raise_no_alarm()
    {
        var time = new FakeTimeProvider();
        await using var own = await ConnectAsync();
        var detector = new OverwriteDetector(own, time);
        string[] steps =
        [
            Grow, Checkpoint, Grow, "PRAGMA wal_checkpoint(PASSIVE)", Shrink, "VACUUM", Checkpoint, "VACUUM", Grow, Checkpoint,
            "PRAGMA wal_checkpoint(RESTART)",
            Shrink, "PRAGMA incremental_vacuum", Checkpoint, "REINDEX", "ANALYZE", "PRAGMA optimize", Checkpoint,
            "PRAGMA user_version = 3", "VACUUM", Checkpoint,
        ];

        foreach (var step in steps)
        {
            await RunAsync(step);
            await new BackupTaking(_folder.Data, File, TimeProvider.System)
                .TakeAsync(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")), Ct);
            for (var check = 0; check < 12; check++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                Assert.False(detector.IsOverwritten(), step);
            }
        }
    }

    [Fact]
    public async Task While_the_file_grows_and_shrinks_connections_open()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        enough.CancelAfter(TimeSpan.FromSeconds(8));
        var changing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await RunAsync(Grow, Grow, Checkpoint, Shrink, "VACUUM", Checkpoint);
            }
        }, Ct);

        while (!enough.IsCancellationRequested)
        {
            await OpenAsync();
        }

        await changing;
    }

    private const string Grow = """
        WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 40) INSERT INTO "Big" SELECT randomblob(50000) FROM k
        """;

    private const string Shrink = "DELETE FROM \"Big\"";

    private const string Checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";

    /// <summary>As the running program does, again and again: each time the file is looked at.</summary>
    private async Task OpenForAsync(TimeSpan time)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time; await Task.Delay(50, Ct))
        {
            await OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        await using var db = _library.NewContext();
        await db.Database.OpenConnectionAsync(Ct);
    }

    private async Task RunAsync(params string[] statements)
    {
        await using var connection = await ConnectAsync();
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=30000; SELECT COUNT(*) FROM sqlite_schema";
        await command.ExecuteScalarAsync(Ct);
        return connection;
    }

    // Not in this process: a file that it closes would release SQLite's locks.
    private async Task ShellAsync(string script, string backup = "")
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, "sh", File, backup]))!;
        await shell.WaitForExitAsync(Ct);
        Assert.Equal(0, shell.ExitCode);
    }
}
