using Signify.Notifications.Audit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Health;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Health;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RecheckTests
{
    private const string SignInRefused = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_passes_is_checked_once_a_day_and_nobody_is_told()
    {
        await using var lab = await HealthLab.StartAsync();
        var before = lab.Lab.Cloud.Count(CloudPlace.ExchangeToken);

        await lab.PassAsync(TimeSpan.FromDays(7), TimeSpan.FromMinutes(20));

        Assert.InRange(lab.Lab.Cloud.Count(CloudPlace.ExchangeToken) - before, 6, 8);
        Assert.Empty(await lab.AlertsAsync());
    }

    [Fact]
    public void Rulesets_are_spread_over_the_day()
    {
        var from = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

        var next = Enumerable.Range(0, 200).Select(_ => RecheckSchedule.Daily(Guid.NewGuid(), from, Random.Shared)).ToList();

        Assert.All(next, n => Assert.InRange(n - from, TimeSpan.FromHours(12), TimeSpan.FromHours(36.5)));
        Assert.True(RecheckSchedule.SameTrouble > TimeSpan.FromHours(36.5), "The hold that a daily check lifts is the same trouble when it comes back.");
        Assert.True(next.GroupBy(n => n.Hour).Count() >= 20, "Most hours of the day have some.");
    }

    [Fact]
    public async Task A_failure_is_told_once_with_its_finding_and_its_end_is_told_too()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Lab.Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.Auth, SignInRefused);

        for (var i = 0; i < 6; i++)
        {
            await lab.ToNextCheckAsync();
        }

        Assert.Equal(["configuration-failed smtp-auth-disabled-mailbox"], await lab.RaisedAsync());
        lab.Lab.Smtp.Script = SmtpScript.Exchange;
        await lab.ToNextCheckAsync();
        await lab.ToNextCheckAsync();

        Assert.Equal(["configuration-failed smtp-auth-disabled-mailbox", "configuration-recovered"], await lab.RaisedAsync());
        Assert.All(await lab.AlertsAsync(), a => Assert.NotNull(a.EndedAt));
    }

    [Fact]
    public async Task A_failing_check_neither_stops_sending_nor_retires_what_is_in_use()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Lab.Cloud.AnswerTokens(StubReply.Aadsts(7000222, "invalid_client", 401));

        await lab.ToNextCheckAsync();

        var overview = await lab.Lab.OverviewAsync();
        Assert.Equal((1, RevisionState.Active), (overview.Active!.Number, overview.Active.State));
        await using var db = lab.Lab.Library.NewContext();
        Assert.Equal(Hold.None, db.Set<Mailbox>().Single(m => m.Id == 1).Hold);
        Assert.Equal(["configuration-failed secret-expired"], await lab.RaisedAsync());
    }

    [Fact]
    public async Task Another_finding_is_told_and_an_old_one_that_comes_back_meanwhile_is_not()
    {
        await using var lab = await HealthLab.StartAsync();
        foreach (var number in (int[])[7000222, 7000215, 7000222, 7000215])
        {
            lab.Lab.Cloud.AnswerTokens(StubReply.Aadsts(number, "invalid_client", 401));
            await lab.ToNextCheckAsync();
        }

        Assert.Equal(["configuration-failed secret-expired", "configuration-failed secret-wrong"], await lab.RaisedAsync());
    }

    [Fact]
    public async Task The_waits_after_failures_grow_to_a_day()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Lab.Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.Auth, SignInRefused);
        var waits = new List<TimeSpan>();

        for (var i = 0; i < 5; i++)
        {
            await lab.ToNextCheckAsync();
            waits.Add((await lab.RowAsync()).NextCheckAt - lab.Now);
        }

        Assert.Equal([TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)], waits.Take(3));
        Assert.All(waits.Skip(3), w => Assert.InRange(w, TimeSpan.FromHours(12), TimeSpan.FromHours(36.5)));
    }

    [Fact]
    public async Task A_server_that_is_away_for_one_check_alarms_nobody()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Lab.Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.Greeting, "421 4.3.2 Service not available");
        await lab.ToNextCheckAsync();
        Assert.False((await lab.RowAsync()).Passed);
        Assert.Empty(await lab.AlertsAsync());

        await lab.ToNextCheckAsync();

        Assert.Equal("configuration-failed", (await lab.RaisedAsync()).Single().Split(' ')[0]);
    }

    [Fact]
    public async Task After_a_hold_the_settings_are_checked_and_a_passing_check_lets_it_go_on()
    {
        await using var lab = await HealthLab.StartAsync();
        await lab.HoldAsync(Hold.Configuration, FindingCode.SmtpAuthDisabledMailbox);
        await lab.BeatAsync();
        Assert.Equal(TimeSpan.FromMinutes(15), (await lab.RowAsync()).NextCheckAt - lab.Now);

        await lab.ToNextCheckAsync();

        var state = await lab.Get<MailboxStates>().ReadAsync(1, Ct);
        Assert.True(state.MayGoOn);
        Assert.Equal(["sending-held smtp-auth-disabled-mailbox", "configuration-recovered"], await lab.RaisedAsync());
        await lab.LiftAsync();
        await lab.BeatAsync();
        Assert.Equal(["sending-held smtp-auth-disabled-mailbox", "configuration-recovered"], await lab.RaisedAsync());
        Assert.All(await lab.AlertsAsync(), a => Assert.NotNull(a.EndedAt));
    }

    // From the end of the waits to the ruleset's own minute it is half a day to one and a half, by the hour at which trouble begins.
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(18)]
    public async Task A_hold_that_comes_back_after_each_passing_check_is_lifted_ever_more_rarely(int hour)
    {
        await using var lab = await HealthLab.StartAsync(hour: hour);
        var holds = 0;

        // SendAs is decided at the end of DATA, which no check sees: it passes, one message goes, and is refused.
        for (var end = lab.Now.AddDays(3); lab.Now < end; lab.Time.Advance(TimeSpan.FromMinutes(5)))
        {
            if ((await lab.Get<MailboxStates>().ReadAsync(1, Ct)) is { MayGoOn: true })
            {
                await lab.LiftAsync();
            }

            holds += await lab.HoldAsync(Hold.Configuration, FindingCode.SmtpAuthDisabledTenant) ? 1 : 0;
            await lab.BeatAsync();
        }

        Assert.InRange(holds, 6, 7);
    }

    [Fact]
    public async Task What_only_a_message_shows_is_looked_at_after_an_hour_at_the_earliest()
    {
        await using var lab = await HealthLab.StartAsync();

        await lab.HoldAsync(Hold.Configuration, FindingCode.SendAsDenied);
        await lab.BeatAsync();

        Assert.Equal(TimeSpan.FromHours(1), (await lab.RowAsync()).NextCheckAt - lab.Now);
    }

    [Fact]
    public async Task A_barred_mailbox_is_left_alone_until_its_bar_is_over()
    {
        await using var lab = await HealthLab.StartAsync();
        var until = (await lab.RowAsync()).NextCheckAt.AddHours(5);
        await lab.SetAsync(m => (m.WaitUntil, m.WaitCode) = (until, FindingCode.MailboxBarred));
        var before = lab.Lab.Cloud.Requests.Count;

        await lab.ToNextCheckAsync();

        Assert.Equal((before, until), (lab.Lab.Cloud.Requests.Count, (await lab.RowAsync()).NextCheckAt));
        await lab.ToNextCheckAsync();
        Assert.True(lab.Lab.Cloud.Requests.Count > before);
    }

    [Fact]
    public void A_barred_mailbox_is_probed_at_doubling_distances()
    {
        var waits = Enumerable.Range(0, 8).Select(step => RecheckSchedule.Wait(step, FindingCode.MailboxBarred)!.Value.TotalHours);

        Assert.Equal([1, 2, 4, 8, 16, 24, 24, 24], waits);
    }

    [Fact]
    public async Task Of_two_processes_one_checks()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Time.Advance((await lab.RowAsync()).NextCheckAt - lab.Now + TimeSpan.FromSeconds(1));
        var before = lab.Lab.Cloud.Count(CloudPlace.ExchangeToken);
        var recheck = lab.Get<Recheck>();

        var ran = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => recheck.RunDueAsync(Ct), Ct)));

        Assert.Equal((1, 1), (ran.Count(r => r), lab.Lab.Cloud.Count(CloudPlace.ExchangeToken) - before));
    }

    [Fact]
    public async Task A_process_that_dies_at_a_check_leaves_it_to_the_next_one_after_a_while()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Time.Advance((await lab.RowAsync()).NextCheckAt - lab.Now + TimeSpan.FromSeconds(1));
        var stalled = SmtpScript.Exchange.At(SmtpMoment.Greeting, SmtpBehaviour.Stall);
        lab.Lab.Smtp.Script = stalled;
        using var dying = new CancellationTokenSource();
        var before = lab.Lab.Smtp.Connections;
        var run = lab.Get<Recheck>().RunDueAsync(dying.Token);
        while (lab.Lab.Smtp.Connections == before)
        {
            await Task.Delay(5, Ct);
        }

        lab.Lab.Library.Lifetime.StopApplication();
        await dying.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(RecheckSchedule.Lease, (await lab.RowAsync()).NextCheckAt - lab.Now);
        Assert.False(await lab.Get<Recheck>().RunDueAsync(Ct));
    }

    [Fact]
    public async Task Somebody_elses_check_is_not_stopped_by_the_programs_own()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Time.Advance((await lab.RowAsync()).NextCheckAt - lab.Now + TimeSpan.FromSeconds(1));
        var held = new TaskCompletionSource();
        lab.Lab.Smtp.Script = SmtpScript.Exchange.Hold(SmtpMoment.Greeting, held.Task);
        var theirs = await lab.Lab.StartCheckAsync(lab.Input(null) with { FromName = "Theirs" });

        await lab.Get<Recheck>().RunDueAsync(Ct);
        held.SetResult();

        Assert.True((await theirs.Completion.WaitAsync(Ct)).Passed);
        Assert.Equal(2, (await lab.Lab.OverviewAsync()).Active!.Number);
        Assert.True((await lab.RowAsync()).NextCheckAt > lab.Now);
    }

    [Fact]
    public async Task A_check_by_hand_resets_the_schedule_and_ends_the_alert()
    {
        await using var lab = await HealthLab.StartAsync();
        lab.Lab.Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.Auth, SignInRefused);
        await lab.ToNextCheckAsync();
        await lab.ToNextCheckAsync();
        lab.Lab.Smtp.Script = SmtpScript.Exchange;

        lab.Time.Advance(TimeSpan.FromMinutes(1));
        await lab.Lab.Library.Runner.Start((await lab.Lab.OverviewAsync()).Active!, "anna").Completion.WaitAsync(Ct);
        await lab.BeatAsync();

        Assert.True((await lab.RowAsync()).NextCheckAt - lab.Now >= TimeSpan.FromHours(12));
        Assert.Equal("configuration-recovered", (await lab.RaisedAsync()).Last());
        Assert.Contains(await lab.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 20, Ct), e => e is { Action: AuditAction.SettingsChecked, By: Recheck.Program });
    }
}
