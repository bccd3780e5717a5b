using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signify.Notifications.Delivery.Grains;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Ready means: what is handed in now is stored, and what is due is claimed. Each test waits for the word to change, however fast that is.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ReadyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task A_program_that_can_store_is_ready_and_leaves_nothing_behind()
    {
        await using var program = await TestProgram.StartAsync();

        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);

        await using var db = await SeededProgram.OpenAsync(program);
        Assert.Equal(0, await db.Set<HandInKey>().CountAsync(Ct));
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task While_another_process_keeps_the_database_locked_it_is_not_ready_and_is_again_afterwards()
    {
        await using var program = await TestProgram.StartAsync();
        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);
        await using (var other = new SqliteConnection($"Data Source={DatabaseOf(program)};Pooling=False"))
        {
            await other.OpenAsync(Ct);
            await ExecuteAsync(other, "BEGIN IMMEDIATE");

            await BecomesAsync(program, HttpStatusCode.ServiceUnavailable, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/health/live", key: null)).Status);
        }

        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);
        // The connection that was impatient is patient again for those who write for real.
        await using var db = await SeededProgram.OpenAsync(program);
        Assert.Equal(30, ((SqliteConnection)db.Database.GetDbConnection()).DefaultTimeout);
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task On_a_full_disk_it_is_not_ready()
    {
        var room = new DiskRoom();
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Services = services => services.ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(room)),
        });
        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);
        await using (var db = await SeededProgram.OpenAsync(program))
        {
            await db.Database.OpenConnectionAsync(Ct);
            await room.LimitAsync(db.Database.GetDbConnection(), 0, Ct);
        }

        // Pages have room left still, and the file has free ones: until somebody is refused.
        while ((await HandInAsync(program)).Status == HttpStatusCode.Accepted)
        {
        }

        await BecomesAsync(program, HttpStatusCode.ServiceUnavailable, TestContext.Current.CancellationToken);
        room.Free();
        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task With_its_database_gone_it_is_not_ready()
    {
        await using var program = await TestProgram.StartAsync();
        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);

        File.Delete(DatabaseOf(program));

        await BecomesAsync(program, HttpStatusCode.ServiceUnavailable, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Told_to_stop_it_is_not_ready_from_that_moment()
    {
        await using var program = await TestProgram.StartAsync();
        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);
        var lifetime = program.Services.GetRequiredService<IHostApplicationLifetime>();
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Within the order to stop, before anything has stopped.
        await using var _ = lifetime.ApplicationStopping.Register(() => answer.SetResult(Task.Run(() => program.GetAsync("/health/ready", key: null), Ct).GetAwaiter().GetResult().Text));

        lifetime.StopApplication();

        Assert.Equal("Unhealthy", await answer.Task.WaitAsync(Ct));
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task An_instance_that_sends_is_ready_for_as_long_as_its_engine_answers()
    {
        var time = new HurryingTime();
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Settings = new Dictionary<string, string> { ["Dispatch:Enabled"] = "true" },
            Services = services => services.AddSingleton(new EngineBeat(time)),
        });
        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);

        // Between each beat and each question six seconds pass.
        time.Hurries = true;

        await BecomesAsync(program, HttpStatusCode.ServiceUnavailable, TestContext.Current.CancellationToken);
        time.Hurries = false;
        await BecomesAsync(program, HttpStatusCode.OK, TestContext.Current.CancellationToken);
    }

    private static async Task BecomesAsync(TestProgram program, HttpStatusCode status, CancellationToken ct)
    {
        // What was found is kept for a second.
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await program.GetAsync("/health/ready", key: null)).Status != status)
        {
            await again.WaitForNextTickAsync(ct);
        }
    }

    private static Task<ApiAnswer> HandInAsync(TestProgram program) =>
        program.PostAsync("/api/v1/notifications", new { to = "anna@contoso.com", subject = "Hello", text = new string('x', 1000) });

    private static string DatabaseOf(TestProgram program) => Path.Combine(program.DataDirectory, "notifications.db");

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private sealed class HurryingTime : TimeProvider
    {
        private long _ahead;

        public bool Hurries { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (Hurries ? Interlocked.Add(ref _ahead, 6 * TimestampFrequency) : Interlocked.Read(ref _ahead));
    }
}
