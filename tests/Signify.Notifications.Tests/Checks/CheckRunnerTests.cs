using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Audit;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CheckRunnerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_whose_check_passes_is_put_in_charge()
    {
        await using var lab = await Lab.StartAsync();

        await lab.CheckAsync();

        var overview = await lab.OverviewAsync();
        Assert.Null(overview.Draft);
        Assert.Equal((1, (Route?)Route.Smtp), (overview.Active!.Number, overview.Active.ActiveRoute));
    }

    [Fact]
    public async Task A_draft_whose_check_fails_stays_with_its_findings_and_the_active_revision_goes_on()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();

        await lab.CheckAsync(lab.Input with { ClientSecret = "a-secret-that-is-wrong" });

        var overview = await lab.OverviewAsync();
        Assert.Equal((1, 2), (overview.Active!.Number, overview.Draft!.Number));
        Assert.Equal(["secret-wrong"], (await lab.Library.Get<CheckStore>().FindAsync(overview.Draft, Ct))!.FailureCodes());
    }

    [Fact]
    public async Task A_check_that_fails_on_the_active_revision_leaves_it_in_charge()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();
        lab.Cloud.AnswerTokens(StubReply.Aadsts(7000222));

        var again = await lab.Library.Runner.Start((await lab.OverviewAsync()).Active!, "anna").Completion.WaitAsync(Ct);

        Assert.False(again.Passed);
        Assert.Equal((1, (Route?)Route.Smtp), ((await lab.OverviewAsync()).Active!.Number, (await lab.OverviewAsync()).Active!.ActiveRoute));
    }

    [Fact]
    public async Task A_check_of_the_active_revision_notes_the_route_it_finds()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();
        lab.Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.Auth, "535 5.7.3 Authentication unsuccessful");

        await lab.Library.Runner.Start((await lab.OverviewAsync()).Active!, "anna").Completion.WaitAsync(Ct);

        Assert.Equal(Route.Graph, (await lab.OverviewAsync()).Active!.ActiveRoute);
    }

    [Fact]
    public async Task A_later_save_supersedes_the_check_that_runs()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.At(SmtpMoment.Greeting, SmtpBehaviour.Stall));
        var first = await lab.StartCheckAsync();
        await lab.Smtp.Reached(SmtpMoment.Greeting).WaitAsync(Ct);
        lab.Smtp.Script = SmtpScript.Exchange;

        var second = await lab.CheckAsync(lab.Input with { FromName = "Later" });
        var stopped = await first.Completion.WaitAsync(Ct);

        Assert.Equal((false, true), (stopped.Passed, second.Passed));
        Assert.DoesNotContain(stopped.Steps, s => s.State is StepState.Running or StepState.Waiting);
        Assert.Equal(2, (await lab.OverviewAsync()).Active!.Number);
    }

    [Fact]
    public async Task Two_starts_for_the_same_revision_are_one_check()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.At(SmtpMoment.Greeting, SmtpBehaviour.Stall));
        var first = await lab.StartCheckAsync();

        Assert.Same(first, lab.Library.Runner.Start(first.Revision, "berta"));
        Assert.Same(first, lab.Library.Runner.Find(TestLibrary.Ruleset));
        lab.Library.Lifetime.StopApplication();
        await first.Completion.WaitAsync(Ct);
    }

    [Fact]
    public async Task A_check_that_has_ended_is_never_joined()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.AnswerTokens(StubReply.Aadsts(7000215));
        var ended = await lab.StartCheckAsync();
        CheckProgress? next = null;

        // The very moment in which the first one is complete.
        var restarted = ended.Completion.ContinueWith(
            _ => next = lab.Library.Runner.Start(ended.Revision, "anna"), Ct, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await restarted.WaitAsync(Ct);

        Assert.NotSame(ended, next);
        await next!.Completion.WaitAsync(Ct);
    }

    [Fact]
    public async Task Somebody_who_watches_and_leaves_does_not_stop_the_check()
    {
        await using var lab = await Lab.StartAsync();
        var held = new TaskCompletionSource();
        lab.Smtp.Script = SmtpScript.Exchange.Hold(SmtpMoment.Greeting, held.Task);
        var progress = await lab.StartCheckAsync();
        using var page = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in progress.WatchAsync(page.Token))
            {
                await lab.Smtp.Reached(SmtpMoment.Greeting).WaitAsync(Ct);
                await page.CancelAsync();
            }
        });
        held.SetResult();

        Assert.True((await progress.Completion.WaitAsync(Ct)).Passed);
    }

    [Fact]
    public async Task A_watcher_sees_the_steps_come_in_and_the_whole_report_last()
    {
        await using var lab = await Lab.StartAsync();
        var held = new TaskCompletionSource();
        lab.Smtp.Script = SmtpScript.Exchange.Hold(SmtpMoment.Auth, held.Task);
        var progress = await lab.StartCheckAsync();
        var seen = new List<CheckReport>();

        await foreach (var report in progress.WatchAsync(Ct))
        {
            seen.Add(report);
            if (report.Step(StepName.SignIn).State == StepState.Running)
            {
                held.TrySetResult();
            }
        }

        Assert.Contains(seen, r => r.Running && r.Step(StepName.Encryption).State == StepState.Passed);
        Assert.Equal((true, false), (seen[^1].Passed, seen[^1].Running));
    }

    [Fact]
    public async Task The_end_of_the_program_ends_the_check_without_a_verdict()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.At(SmtpMoment.Auth, SmtpBehaviour.Stall));
        var progress = await lab.StartCheckAsync();
        await lab.Smtp.Reached(SmtpMoment.Auth).WaitAsync(Ct);

        lab.Library.Lifetime.StopApplication();
        var report = await progress.Completion.WaitAsync(Ct);

        Assert.Equal((false, StepState.Skipped), (report.Passed, report.Step(StepName.SignIn).State));
        Assert.Null((await lab.OverviewAsync()).Active);
    }

    [Theory]
    [InlineData(SmtpMoment.Greeting, StepName.Encryption)]
    [InlineData(SmtpMoment.Handshake, StepName.Encryption)]
    [InlineData(SmtpMoment.EhloTls, StepName.Encryption)]
    [InlineData(SmtpMoment.Auth, StepName.SignIn)]
    [InlineData(SmtpMoment.Mail, StepName.Sender)]
    public async Task A_mail_server_that_falls_silent_is_given_up_after_timeout(SmtpMoment moment, StepName step)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.At(moment, SmtpBehaviour.Stall), time);
        var progress = await lab.StartCheckAsync(lab.Input with { Route = "smtp" });
        await lab.Smtp.Reached(moment).WaitAsync(Ct);
        await OnlyRunsAsync(progress, step);

        time.Advance(TimeSpan.FromSeconds(20));
        var report = await progress.Completion.WaitAsync(Ct);

        Assert.Equal(["connection-timed-out"], report.Errors());
        Assert.Equal((StepState.Failed, TimeSpan.FromSeconds(20)), (report.Step(step).State, report.Step(step).Duration));
    }

    [Fact]
    public async Task A_token_service_that_falls_silent_is_given_up_after_timeout()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await Lab.StartAsync(time: time);
        lab.Cloud.AnswerTokens(StubReply.Never);
        var progress = await lab.StartCheckAsync();
        await OnlyRunsAsync(progress, StepName.TokenForExchange, StepName.TokenForGraph);

        time.Advance(TimeSpan.FromSeconds(20));
        var report = await progress.Completion.WaitAsync(Ct);

        Assert.Contains("entra-unreachable", report.Errors());
        Assert.Equal(StepState.Failed, report.Step(StepName.TokenForExchange).State);
    }

    [Fact]
    public async Task Each_check_leaves_an_entry_in_the_audit_log()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();

        var entries = await lab.Library.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 10, Ct);

        Assert.Equal([AuditAction.SettingsActivated, AuditAction.SettingsChecked, AuditAction.SettingsSaved], entries.Select(e => e.Action));
        Assert.Equal("passed, over Smtp", entries[1].Details);
    }

    [Fact]
    public async Task Two_people_who_save_at_once_both_learn_what_happened()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();

        await lab.SaveAsync(lab.Input with { FromName = "Anna's" }, basedOn: 1);
        var late = await lab.SaveAsync(lab.Input with { FromName = "Berta's" }, basedOn: 1);

        var overtaken = Assert.IsType<SaveOutcome.Overtaken>(late);
        Assert.Equal([new SettingsChange("fromName", "HR", "Anna's")], overtaken.TheirChanges);
    }

    [Fact]
    public async Task A_save_with_a_wrong_field_stores_nothing_and_asks_nobody()
    {
        await using var lab = await Lab.StartAsync();

        Assert.IsType<SaveOutcome.Refused>(await lab.SaveAsync(lab.Input with { TenantId = "common" }));

        Assert.Equal(0, (await lab.OverviewAsync()).NewestNumber);
        Assert.Empty(lab.Cloud.Requests);
    }

    // The fake clock moves for every step: all others must have ended.
    private static async Task OnlyRunsAsync(CheckProgress progress, params StepName[] steps)
    {
        await foreach (var report in progress.WatchAsync(Ct))
        {
            var running = report.Steps.Where(s => s.State == StepState.Running).Select(s => s.Name);
            if (running.SequenceEqual(steps) && report.Step(StepName.Tenant).State == StepState.Passed
                && (steps.Length == 1 || report.Step(StepName.SignInOffered).State == StepState.Passed))
            {
                return;
            }
        }
    }
}
