using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>What was stored before the keys of mailboxes gets them: the database goes back to an earlier version and forward again.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SharedMailboxesMigrationTests : IAsyncLifetime
{
    private const string Key = "worldwide/hr@contoso.com";

    private PumpLab _lab = null!;

    public static TheoryData<string> Versions => ["Initial", "StateMachine"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await PumpLab.StartAsync(SignIn.Token);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Rows_of_an_earlier_version_get_the_key_that_the_program_derives(string version)
    {
        var (_, shared) = await _lab.AddRulesetAsync("Payroll");
        var (ruleset, spaced) = await _lab.AddRulesetAsync("Government");
        await _lab.ActivateAsync(SignIn.Token, ruleset: ruleset, cloud: "GCC High", from: "HR@Fabrikam.com");
        var (_, relay) = await _lab.AddRulesetAsync("Relay", SignIn.None);
        await SendAsync([1, shared, spaced, relay]);

        await UpgradeFromAsync(version);

        await using var db = _lab.Library.NewContext();
        var mailboxes = await db.Set<Mailbox>().AsNoTracking().ToDictionaryAsync(m => m.Id, m => m.MailboxKey, Ct);
        var sends = await db.Set<PacedSend>().AsNoTracking().ToDictionaryAsync(s => s.MailboxId, s => s.MailboxKey, Ct);
        foreach (var keys in new[] { mailboxes, sends })
        {
            Assert.Equal([Key, Key, "gcchigh/hr@fabrikam.com", null], new[] { 1, shared, spaced, relay }.Select(id => keys[id]));
        }

        // The stored key, which the entity would derive again.
        var stored = await db.Set<SettingsRevision>().GroupBy(r => r.MailboxKey).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(Ct);
        Assert.Equal([(null, 1), ("gcchigh/hr@fabrikam.com", 1), (Key, 3)], stored.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Two_rulesets_with_one_mailbox_share_limits_and_owner_after_the_upgrade(string version)
    {
        var (_, other) = await _lab.AddRulesetAsync("Payroll");
        await SendAsync([1, other]);
        await _lab.ChangeAsync(db => db.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Owner, m => "former-" + m.Id), Ct));
        await UpgradeFromAsync(version);
        await _lab.HandInAsync(1);
        await _lab.HandInAsync(1, mailbox: other);

        var leaders = await _lab.Parts.Outbox.WithWorkAsync(Ct);
        var sent = await _lab.Parts.States.SentAsync(other, Key, Ct);
        await _lab.Parts.Outbox.TakeOverAsync(other, Ct);

        Assert.Equal([(1, 1), (other, 1)], leaders.Order());
        Assert.Equal(2, sent.Count);
        Assert.Equal(Self, (await _lab.MailboxAsync(other)).Owner);
        // On PostgreSQL the other is taken away from a process that is not seen; on SQLite there is one process.
        Assert.Equal(TestDatabase.OnPostgreSql ? null : "former-1", (await _lab.MailboxAsync()).Owner);
    }

    private string Self => _lab.Library.Get<SenderIdentity>().Id;

    private Task SendAsync(int[] mailboxes) => _lab.ChangeAsync(db =>
    {
        db.AddRange(mailboxes.Select(id => new PacedSend { MailboxId = id, At = TimeProvider.System.GetUtcNow(), NotificationId = id, Recipients = 1 }));
        return Task.CompletedTask;
    });

    private async Task UpgradeFromAsync(string version)
    {
        await using var db = _lab.Library.NewContext();
        await db.GetService<IMigrator>().MigrateAsync(version, Ct);
        await db.Database.MigrateAsync(Ct);
    }
}
