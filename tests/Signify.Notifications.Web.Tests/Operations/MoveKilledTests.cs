using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The command as an operator calls it, and a power cut in its middle.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class MoveKilledTests
{
    private const int Many = 200_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_in_the_middle_it_leaves_a_goal_that_does_not_start_and_the_same_command_ends_it()
    {
        await using var goal = await TestDatabase.EmptyPostgreSqlAsync();
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            var certificate = KeyCertificate.Write(data.FullName);
            var source = new TestProgramOptions
            {
                DataDirectory = data.FullName,
                Settings = new Dictionary<string, string> { ["Keys:Certificate"] = certificate, ["ConnectionStrings:Notifications"] = $"Data Source={Path.Combine(data.FullName, "notifications.db")}" },
            };
            var there = source with { Settings = goal.Configuration.Append(new("Keys:Certificate", certificate)).ToDictionary(s => s.Key, s => s.Value!) };
            await FillAsync(source);
            var connection = Path.Combine(data.FullName, "connection");
            await File.WriteAllTextAsync(connection, goal.Connection! + "\n", TestContext.Current.CancellationToken);
            string[] command = ["move", "--to", "PostgreSql", "--connection-file", connection, $"--Data:Directory={data.FullName}", $"--Keys:Certificate={certificate}"];
            await KillAsync(command, "Mailings: ");
            await GoneAsync(goal);

            var refused = await ProgramCommand.RunAsync(
                [.. there.Settings.Select(s => $"--{s.Key}={s.Value}"), $"--Data:Directory={data.FullName}", "--urls", "http://127.0.0.1:0"]);
            var moved = await ProgramCommand.SucceedsAsync(command);

            Assert.Equal(1, refused.Code);
            Assert.StartsWith("Cannot start: This database was being filled from SQLite", refused.Error, StringComparison.Ordinal);
            Assert.Contains($"Notifications: {Many} rows", moved, StringComparison.Ordinal);
            Assert.Contains("are the same on both sides.", moved, StringComparison.Ordinal);
            var (code, _, error) = await ProgramCommand.RunAsync($"--Data:Directory={data.FullName}", "--urls", "http://127.0.0.1:0");
            Assert.Equal(1, code);
            Assert.StartsWith("Cannot start: This installation was moved to PostgreSQL", error, StringComparison.Ordinal);
            await using var program = await TestProgram.StartAsync(there);
            await using var db = program.NewContext();
            Assert.Equal(Many, await db.Set<Notification>().CountAsync(Ct));
            await program.SignedInAsync();
            Assert.Equal(System.Net.HttpStatusCode.OK, (await program.NewApiClient().GetAsync(new Uri("/api/v1/settings", UriKind.Relative), Ct)).StatusCode);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--connection-file exclude each other", "--connection", "Host=nowhere", "--connection-file", "/dev/null")]
    [InlineData("has a password, which other accounts could read", "--connection", "Host=nowhere;Password=typed-secret")]
    [InlineData("names /no/such/file, which cannot be read", "--connection-file", "/no/such/file")]
    public async Task A_password_of_the_database_comes_from_a_file(string expected, params string[] arguments)
    {
        var (code, output, error) = await ProgramCommand.RunAsync(["move", "--to", "PostgreSql", "--Keys:Certificate=/no/such.pfx", .. arguments]);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("typed-secret", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_the_key_ring_is_not_laid_beside_what_it_opens()
    {
        var (code, _, error) = await ProgramCommand.RunAsync("move", "--to", "PostgreSql", "--connection", "Host=nowhere");

        Assert.Equal(1, code);
        Assert.StartsWith("Cannot move: In PostgreSQL the key ring lies beside the secrets that it opens.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("move", "Say where to.")]
    [InlineData("move --to Oracle", "Say where to.")]
    [InlineData("move --to Sqlite --data /tmp/x --reopen", "Say where to.")]
    public async Task What_is_not_said_is_asked_for(string arguments, string expected)
    {
        var (code, _, error) = await ProgramCommand.RunAsync(arguments.Split(' '));

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static async Task FillAsync(TestProgramOptions source)
    {
        await using var program = await TestProgram.StartAsync(source);
        await using var db = program.NewContext();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Mailings" ("MailboxId", "OfOne", "Name", "State", "Priority", "OnDoubt", "CreatedAt", "CreatedBy", "MessageIdSuffix", "Total", "Sent", "Failed", "InDoubt", "Cancelled", "Expired", "RowsFollow")
            VALUES (1, 0, 'x', 1, 1, 0, 0, 'anna', '.a@b', {Many}, 0, 0, 0, 0, 0, 0);
            WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i + 1 < {Many})
            INSERT INTO "Notifications" ("MailboxId", "MailingId", "To", "State", "Priority",
                "Turn", "DueAt", "AcceptedAt", "Attempts", "Epoch")
            SELECT 1, (SELECT MAX("Id") FROM "Mailings"), 'person' || i || '@contoso.com', 0, 1, i, 0, i, 0, 0 FROM k
            """, Ct);
    }

    /// <summary>Ends it without a word as soon as it has said this.</summary>
    private static async Task KillAsync(string[] command, string said)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CurrentRuleset).Assembly.Location, .. command]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (line.StartsWith(said, StringComparison.Ordinal))
            {
                process.Kill();
                break;
            }
        }

        await process.WaitForExitAsync(Ct);
        Assert.NotEqual(0, process.ExitCode);
    }

    /// <summary>The server takes a moment to see that its client is gone.</summary>
    private static async Task GoneAsync(TestDatabase goal)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(goal.Connection! + ";Pooling=false");
        await using var command = database.CreateCommand("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((long)(await command.ExecuteScalarAsync(Ct))! > 0)
        {
            await again.WaitForNextTickAsync(Ct);
        }
    }
}
