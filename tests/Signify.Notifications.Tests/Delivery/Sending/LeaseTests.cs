using Microsoft.EntityFrameworkCore;
using Npgsql;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Two processes on one PostgreSQL, and a mailbox that both would like.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class LeaseTests : IAsyncLifetime
{
    private const int MailboxId = 1;

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
        var epoch = await Of(_first).TakeOverAsync(MailboxId, Ct);

        Assert.Null(await Of(_second).TakeOverAsync(MailboxId, Ct));
        Assert.Equal(epoch + 1, await Of(_first).TakeOverAsync(MailboxId, Ct));
    }

    [Fact]
    public async Task Released_it_is_free_at_once_but_only_by_its_owner()
    {
        var former = Assert.NotNull(await Of(_first).TakeOverAsync(MailboxId, Ct));
        var epoch = Assert.NotNull(await Of(_first).TakeOverAsync(MailboxId, Ct));
        await Of(_first).ReleaseAsync(MailboxId, former, Ct);
        Assert.Null(await Of(_second).TakeOverAsync(MailboxId, Ct));

        await Of(_first).ReleaseAsync(MailboxId, epoch, Ct);

        Assert.Equal(epoch + 1, await Of(_second).TakeOverAsync(MailboxId, Ct));
    }

    [Fact]
    public async Task A_process_that_is_not_seen_for_eight_seconds_loses_it()
    {
        var epoch = await Of(_first).TakeOverAsync(MailboxId, Ct);
        await SeenAsync(secondsAgo: 7);
        Assert.Null(await Of(_second).TakeOverAsync(MailboxId, Ct));

        await SeenAsync(secondsAgo: 9);

        Assert.Equal(epoch + 1, await Of(_second).TakeOverAsync(MailboxId, Ct));
        Assert.Null(await Of(_first).TakeOverAsync(MailboxId, Ct));
    }

    [Fact]
    public async Task While_a_process_sends_from_a_mailbox_no_other_takes_over_another_ruleset_with_it()
    {
        var other = await ShareAsync();
        var epoch = Assert.NotNull(await Of(_first).TakeOverAsync(MailboxId, Ct));

        Assert.Null(await Of(_second).TakeOverAsync(other, Ct));
        Assert.NotNull(await Of(_first).TakeOverAsync(other, Ct));
        await Of(_first).ReleaseAsync(other, 1, Ct);
        await Of(_first).ReleaseAsync(MailboxId, epoch, Ct);

        Assert.NotNull(await Of(_second).TakeOverAsync(other, Ct));
        Assert.Null(await Of(_first).TakeOverAsync(MailboxId, Ct));
    }

    [Fact]
    public async Task A_process_that_still_sends_with_replaced_settings_excludes_others_until_it_notices()
    {
        var other = await ShareAsync();
        await Of(_first).TakeOverAsync(MailboxId, Ct);

        await ActivateAsync(TestLibrary.Ruleset, "payslips@contoso.com");

        Assert.Null(await Of(_second).TakeOverAsync(other, Ct));
    }

    [Fact]
    public async Task Of_two_processes_that_take_over_rulesets_with_one_mailbox_at_the_same_time_one_gets_it()
    {
        var other = await ShareAsync();
        await using var db = _first.NewContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        // Neither can write before both are at it: a query that looks first would find nothing in both.
        await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Mailboxes" FOR UPDATE""", Ct);
        var first = Task.Run(() => Of(_first).TakeOverAsync(MailboxId, Ct), Ct);
        var second = Task.Run(() => Of(_second).TakeOverAsync(other, Ct), Ct);
        while (await db.Database.SqlQuery<int>(
            $"""SELECT COUNT(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'""").SingleAsync(Ct) < 2)
        {
            await Task.Yield();
        }

        await transaction.CommitAsync(Ct);

        long?[] epochs = [await first, await second];
        Assert.Single(epochs, epoch => epoch is not null);
    }

    [Fact]
    public async Task A_takeover_from_a_process_that_is_not_seen_takes_all_rulesets_with_the_mailbox()
    {
        var other = await ShareAsync();
        var epoch = await Of(_first).TakeOverAsync(MailboxId, Ct);
        await SeenAsync(secondsAgo: 9);

        Assert.NotNull(await Of(_second).TakeOverAsync(other, Ct));

        await using var db = _first.NewContext();
        var former = await db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.Id == MailboxId, Ct);
        Assert.Equal(epoch + 1, former.Epoch);
        Assert.Null(former.Owner);
    }

    [Fact]
    public async Task For_the_balance_rulesets_with_one_mailbox_count_once()
    {
        var other = await ShareAsync();
        await Of(_first).TakeOverAsync(MailboxId, Ct);
        await Of(_first).TakeOverAsync(other, Ct);

        await using var db = _first.NewContext();
        await db.Database.OpenConnectionAsync(Ct);
        await using var command = new NpgsqlCommand(LeaseSql.Shares, (NpgsqlConnection)db.Database.GetDbConnection());
        await using var reader = await command.ExecuteReaderAsync(Ct);

        Assert.True(await reader.ReadAsync(Ct));
        Assert.Equal([MailboxId], reader.GetFieldValue<int[]>(1));
    }

    /// <summary>Two rulesets that send from hr@contoso.com.</summary>
    private async Task<int> ShareAsync()
    {
        await ActivateAsync(TestLibrary.Ruleset, "hr@contoso.com");
        var ruleset = await _first.AddRulesetAsync("Payroll");
        await ActivateAsync(ruleset, "HR@contoso.com");
        await using var db = _first.NewContext();
        var mailbox = new Mailbox { RulesetId = ruleset };
        db.Add(mailbox);
        await db.SaveChangesAsync(Ct);
        return mailbox.Id;
    }

    private async Task ActivateAsync(Guid ruleset, string from)
    {
        await using var db = _first.NewContext();
        await db.Set<SettingsRevision>().Where(r => r.RulesetId == ruleset).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RevisionState.Retired), Ct);
        db.Add(new SettingsRevision
        {
            Id = Guid.NewGuid(),
            RulesetId = ruleset,
            Number = await db.Set<SettingsRevision>().CountAsync(r => r.RulesetId == ruleset, Ct) + 1,
            State = RevisionState.Active,
            CreatedAt = DateTimeOffset.UnixEpoch,
            CreatedBy = "ada",
            SignIn = SignIn.Token,
            ServerName = "Exchange",
            Port = 587,
            Timeout = TimeSpan.FromSeconds(5),
            BatchSize = BatchSize.Medium,
            FromEmail = from,
            Cloud = "Worldwide",
            Route = RouteChoice.Automatic,
        });
        await db.SaveChangesAsync(Ct);
    }

    private static Outbox Of(TestLibrary library) => library.Get<Outbox>();

    private async Task SeenAsync(int secondsAgo)
    {
        await using var db = _first.NewContext();
        var id = _first.Get<SenderIdentity>().Id;
        await db.Database.ExecuteSqlAsync($"""UPDATE "SenderProcesses" SET "SeenAt" = clock_timestamp() - make_interval(secs => {secondsAgo}) WHERE "Id" = {id}""", Ct);
    }
}
