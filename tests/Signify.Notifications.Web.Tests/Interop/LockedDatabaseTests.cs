using System.Net;
using Microsoft.Data.Sqlite;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The real program while another process keeps the database to itself: a backup tool, somebody with a shell.</summary>
public sealed class LockedDatabaseTests
{
    private const int Recipients = 5_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Locked_by_another_process_nothing_is_lost_or_doubled_and_who_hands_in_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("signify-locked-");
        Daemon.SetMode(folder.FullName, (UnixFileMode)0b111_001_001);
        var database = Path.Combine(folder.FullName, "data", "notifications.db");
        try
        {
            await using var sink = await MailSink.StartAsync(folder.FullName);
            // Gives up on a locked database sooner than usual, so that the test sees it.
            var environment = new Dictionary<string, string> { ["ConnectionStrings__Notifications"] = $"Data Source={database};Default Timeout=1" };
            await using var program = await LabProgram.StartAsync(folder.FullName, environment, Path.GetDirectoryName(database));
            (await program.SaveAsync(LabSettings.Anonymous(sink.Port))).AssertActiveOverSmtp();
            var mailing = await LabMailing.HandInAsync(program, Recipients);
            await sink.ReachesAsync(100, TestContext.Current.CancellationToken);

            await using (await LockAsync(database))
            {
                using var lines = LabMailing.Lines(10);
                using var refused = await program.TryPostAsync("/api/v1/mailings", lines);
                var words = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
                Assert.Contains("Nothing was queued.", words, StringComparison.Ordinal);
                Assert.NotNull(refused.Headers.RetryAfter);
                // Sending waits for its record as well.
                await program.PrintsAsync("Recording the results of");
            }

            var counts = await LabMailing.EndsAsync(program, mailing, TestContext.Current.CancellationToken);
            Assert.Equal(Recipients, counts.GetProperty("sent").GetInt32());
            LabMailing.AssertOnceEach(Recipients, sink.Messages);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Dispose it to let go.</returns>
    private static async Task<SqliteConnection> LockAsync(string database)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }
}
