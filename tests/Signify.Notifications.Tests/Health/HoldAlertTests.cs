using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Findings;
using Signify.Notifications.Health;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Health;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class HoldAlertTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Hold.Configuration, FindingCode.SecretExpired, "secret-expired")]
    [InlineData(Hold.Blocked, FindingCode.SenderBlocked, "sender-blocked")]
    [InlineData(Hold.RepeatedRefusals, FindingCode.MessageRefused, "message-refused")]
    public async Task A_hold_by_the_program_is_told_once_without_addresses(Hold hold, FindingCode code, string about)
    {
        await using var lab = await HealthLab.StartAsync();

        await lab.HoldAsync(hold, code);
        await lab.BeatAsync();
        await lab.BeatAsync();

        var alert = Assert.Single(await lab.AlertsAsync());
        Assert.Equal((AlertKind.SendingHeld, about, null), (alert.Kind, alert.About, alert.EndedAt));
        Assert.DoesNotContain("@", alert.Subject + alert.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_by_a_person_is_told_to_nobody()
    {
        await using var lab = await HealthLab.StartAsync();

        await lab.Get<SendingHold>().HoldAsync(TestLibrary.Ruleset, "anna", Ct);
        await lab.BeatAsync();

        Assert.Empty(await lab.AlertsAsync());
    }

    [Fact]
    public async Task Resuming_a_hold_of_the_program_is_told()
    {
        await using var lab = await HealthLab.StartAsync();
        await lab.HoldAsync(Hold.Blocked, FindingCode.SenderBlocked);
        await lab.BeatAsync();

        await lab.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "anna", Ct);
        await lab.BeatAsync();
        await lab.BeatAsync();

        Assert.Equal(["sending-held sender-blocked", "sending-resumed"], (await lab.RaisedAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_person_who_takes_a_hold_over_ends_the_alert_in_silence()
    {
        await using var lab = await HealthLab.StartAsync();
        await lab.HoldAsync(Hold.Configuration, FindingCode.SecretExpired);
        await lab.BeatAsync();

        await lab.Get<SendingHold>().HoldAsync(TestLibrary.Ruleset, "anna", Ct);
        await lab.BeatAsync();

        Assert.NotNull(Assert.Single(await lab.AlertsAsync()).EndedAt);
    }

    [Fact]
    public async Task A_check_that_finds_what_sending_is_held_for_tells_it_no_second_time()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Lab.Cloud.AnswerTokens(StubReply.Aadsts(7000222, "invalid_client", 401));
        await lab.HoldAsync(Hold.Configuration, FindingCode.SecretExpired);
        await lab.BeatAsync();

        await lab.ToNextCheckAsync();

        Assert.False((await lab.RowAsync()).Passed);
        Assert.Equal(["sending-held secret-expired"], await lab.RaisedAsync());
    }

    [Fact]
    public async Task Two_watches_that_look_at_once_tell_once()
    {
        await using var lab = await HealthLab.StartAsync();
        await lab.HoldAsync(Hold.Blocked, FindingCode.SenderBlocked);
        // Each with a turn of its own, as in two processes.
        var watches = Enumerable.Range(0, 4).Select(_ =>
        {
            var turn = WriteTurn.OneAtATime();
            var contexts = lab.Get<IDbContextFactory<NotificationsDbContext>>();
            return new HealthWatch(contexts, turn, new AlertLog(contexts, turn, lab.Get<AlertSignal>(), lab.Time), lab.Time);
        }).ToList();

        await Task.WhenAll(watches.Select(w => Task.Run(() => w.LookAsync(Ct), Ct)));

        Assert.Equal(["sending-held sender-blocked"], await lab.RaisedAsync());
    }

    [Fact]
    public async Task A_look_at_which_nothing_is_new_writes_nothing()
    {
        await using var lab = await HealthLab.StartAsync(endsIn: 40);
        await lab.HoldAsync(Hold.Blocked, FindingCode.SenderBlocked);
        await lab.BeatAsync();
        var before = (await lab.RowAsync()).Version;

        await lab.BeatAsync();

        Assert.Equal(before, (await lab.RowAsync()).Version);
    }
}
