using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Two processes on one PostgreSQL, and a mailbox that both would like.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class LeaseTests : IAsyncLifetime
{
    private const int Mailbox = 1;

    private readonly TestFolder _here = new();
    private readonly TestFolder _there = new();
    private TestDatabase _database = null!;
    private TestLibrary _first = null!;
    private TestLibrary _second = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PostgreSqlAsync();
        var configuration = _database.Configuration.ToDictionary();
        _first = await TestLibrary.StartAsync(_here, configuration);
        _second = await TestLibrary.StartAsync(_there, configuration);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _database.DisposeAsync();
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task While_its_owner_lives_nobody_else_takes_it_over()
    {
        var epoch = await Of(_first).TakeOverAsync(Mailbox, Ct);

        Assert.Null(await Of(_second).TakeOverAsync(Mailbox, Ct));
        Assert.Equal(epoch + 1, await Of(_first).TakeOverAsync(Mailbox, Ct));
    }

    [Fact]
    public async Task Released_it_is_free_at_once_but_only_by_its_owner()
    {
        var former = Assert.NotNull(await Of(_first).TakeOverAsync(Mailbox, Ct));
        var epoch = Assert.NotNull(await Of(_first).TakeOverAsync(Mailbox, Ct));
        await Of(_first).ReleaseAsync(Mailbox, former, Ct);
        Assert.Null(await Of(_second).TakeOverAsync(Mailbox, Ct));

        await Of(_first).ReleaseAsync(Mailbox, epoch, Ct);

        Assert.Equal(epoch + 1, await Of(_second).TakeOverAsync(Mailbox, Ct));
    }

    [Fact]
    public async Task A_process_that_is_not_seen_for_eight_seconds_loses_it()
    {
        var epoch = await Of(_first).TakeOverAsync(Mailbox, Ct);
        await SeenAsync(secondsAgo: 7);
        Assert.Null(await Of(_second).TakeOverAsync(Mailbox, Ct));

        await SeenAsync(secondsAgo: 9);

        Assert.Equal(epoch + 1, await Of(_second).TakeOverAsync(Mailbox, Ct));
        Assert.Null(await Of(_first).TakeOverAsync(Mailbox, Ct));
    }

    private static Outbox Of(TestLibrary library) => library.Get<Outbox>();

    private async Task SeenAsync(int secondsAgo)
    {
        await using var db = _first.NewContext();
        var id = _first.Get<SenderIdentity>().Id;
        await db.Database.ExecuteSqlAsync($"""UPDATE "SenderProcesses" SET "SeenAt" = clock_timestamp() - make_interval(secs => {secondsAgo}) WHERE "Id" = {id}""", Ct);
    }
}
