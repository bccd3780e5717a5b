using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Health.Figures;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>A background loop survives any exception but its own cancellation.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ResilientServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_loop_that_fails_starts_again_while_the_others_run_and_stops_when_asked()
    {
        var time = new FakeTimeProvider();
        using var service = new FailingService(time);

        await service.StartAsync(Ct);
        while (service.Runs < 3)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(service.ExecuteTask!, Task.Run(Thread.Yield, Ct));
            Assert.False(service.ExecuteTask!.IsCompleted);
        }

        await service.StopAsync(Ct);
        Assert.Equal(1, service.Waits);
        Assert.True(service.ExecuteTask!.IsCanceled);
    }

    [Fact]
    public async Task No_hosted_service_of_the_library_ends_when_the_database_throws_anything()
    {
        using var folder = new TestFolder();
        var time = new FakeTimeProvider();
        var fault = new Fault();
        await using var library = await TestLibrary.StartAsync(folder, time: time, more: fault.AddTo);
        var services = library.Get<IEnumerable<IHostedService>>().OfType<BackgroundService>().ToList();
        fault.Armed = true;

        foreach (var service in services)
        {
            await service.StartAsync(Ct);
            while (!library.Logs.Lines.Any(l => l.Contains(service.GetType().Name, StringComparison.Ordinal)
                && l.Contains("failed", StringComparison.Ordinal)))
            {
                Assert.False(service.ExecuteTask!.IsFaulted, $"{service.GetType().Name} ended: {service.ExecuteTask.Exception}");
                time.Advance(TimeSpan.FromSeconds(20));
                await Task.WhenAny(service.ExecuteTask, Task.Run(Thread.Yield, Ct));
            }

            Assert.False(service.ExecuteTask!.IsCompleted);
            await service.StopAsync(Ct);
        }

        Assert.True(services.Count >= 3);
    }

    /// <summary>A new hosted service with a loop of its own fails here until it derives from the class that keeps the rule.</summary>
    [Fact]
    public void Every_hosted_service_of_the_library_is_resilient_or_has_no_loop()
    {
        var types = typeof(ResilientService).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IHostedService)));

        Assert.Equal([typeof(ClusterGauges)], types.Where(t => !t.IsSubclassOf(typeof(ResilientService))));
    }

    private sealed class FailingService(TimeProvider time) : ResilientService(time, NullLogger.Instance)
    {
        private int _runs;

        public int Runs => Volatile.Read(ref _runs);

        public int Waits { get; private set; }

        protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [FailAsync, WaitAsync];

        // A timeout of a call is no cancellation of the loop.
        private Task FailAsync(CancellationToken ct) =>
            Interlocked.Increment(ref _runs) % 2 == 1
                ? throw new DbUpdateException("The disk is full.")
                : Task.FromException(new OperationCanceledException());

        private Task WaitAsync(CancellationToken ct)
        {
            Waits++;
            return Task.Delay(Timeout.Infinite, ct);
        }
    }

    private sealed class Fault : DbConnectionInterceptor
    {
        public bool Armed { get; set; }

        public void AddTo(IServiceCollection services) => services
            .ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(this))
            .ConfigureDbContext<PostgreSqlNotificationsDbContext>(options => options.AddInterceptors(this));

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default) =>
            Armed ? throw new DbUpdateException("The disk is full.") : ValueTask.FromResult(result);
    }
}
