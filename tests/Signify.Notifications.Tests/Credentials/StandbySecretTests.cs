using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Credentials;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class StandbySecretTests
{
    private const string Standby = "Qr45Q~.the-standby-of-a-secret_98765432abcd";
    private const string Expires = "2998-06-30";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("graph")]
    [InlineData("smtp")]
    public async Task An_expired_secret_gives_way_to_the_standby_and_every_mail_goes_once(string route)
    {
        await using var lab = await StartAsync(route);
        await HandInAsync(lab, 12);
        lab.Cloud.Credentials.Expire(StubCloud.Secret);

        await DrainAsync(lab);

        Assert.All(await RowsAsync(lab), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
        Assert.Equal(12, route == "graph" ? lab.Cloud.Count(CloudPlace.SendMail) : lab.Smtp.Messages.Count);
        var overview = await lab.OverviewAsync();
        Assert.Equal((2, 1, "Signify Notifications"), (overview.Active!.Number, overview.Active.TookOverFrom, overview.Active.CreatedBy));
        Assert.Equal((new SecretText(Standby), null), (lab.Library.Store.Open(overview.Active).ClientSecret, overview.Active.StandbySecret));
        Assert.Equal(DateOnly.Parse(Expires, null), overview.Active.CredentialEndsOn);
        await AssertOneTakeOverAsync(lab);
    }

    [Fact]
    public async Task A_removed_secret_gives_way_too()
    {
        await using var lab = await StartAsync("graph");
        await HandInAsync(lab, 3);
        lab.Cloud.Credentials.Remove(StubCloud.Secret);

        await DrainAsync(lab);

        Assert.All(await RowsAsync(lab), n => Assert.Equal(NotificationState.Sent, n.State));
        await AssertOneTakeOverAsync(lab);
    }

    [Fact]
    public async Task Many_who_notice_at_once_make_one_take_over_and_one_alert()
    {
        await using var lab = await StartAsync("graph");
        lab.Cloud.Credentials.Expire(StubCloud.Secret);
        var active = (await lab.OverviewAsync()).Active!;
        var takeOver = lab.Library.Get<StandbyTakeOver>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => takeOver.TryAsync(active.Id, lab.Library.Store.Open(active), TokenResource.Graph, FindingCode.SecretExpired, Ct))));

        Assert.All(outcomes, o => Assert.IsType<StandbyOutcome.TookOver>(o));
        Assert.Equal(2, (await lab.Library.Store.HistoryAsync(TestLibrary.Ruleset, 10, Ct)).Count);
        await AssertOneTakeOverAsync(lab);
    }

    [Fact]
    public async Task A_standby_that_is_refused_too_changes_nothing_and_the_mailbox_is_held()
    {
        await using var lab = await StartAsync("graph");
        await HandInAsync(lab, 2);
        lab.Cloud.Credentials.Expire(StubCloud.Secret);
        lab.Cloud.Credentials.Remove(Standby);

        await DrainAsync(lab);

        await using var db = lab.Library.NewContext();
        var mailbox = await db.Set<Mailbox>().SingleAsync(Ct);
        Assert.Equal((Hold.Configuration, 1), (mailbox.Hold, (await lab.OverviewAsync()).Active!.Number));
        Assert.All(await RowsAsync(lab), n => Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task While_the_standby_cannot_be_tried_the_mailbox_waits_and_is_not_held()
    {
        await using var lab = await StartAsync("graph");
        await HandInAsync(lab, 2);
        lab.Cloud.Answer(CloudPlace.GraphToken, request =>
            request.Form["client_secret"] == Standby ? StubReply.Aadsts(90033, "temporarily_unavailable", 503) : StubReply.Aadsts(7000222, "invalid_client", 401));

        await DrainAsync(lab);

        await using var db = lab.Library.NewContext();
        var mailbox = await db.Set<Mailbox>().SingleAsync(Ct);
        Assert.Equal((Hold.None, FindingCode.EntraUnavailable), (mailbox.Hold, mailbox.WaitCode));
    }

    [Fact]
    public async Task A_check_of_the_revision_in_charge_lets_the_standby_take_over_and_looks_at_that()
    {
        await using var lab = await StartAsync("graph");
        lab.Cloud.Credentials.Expire(StubCloud.Secret);

        var progress = lab.Library.Runner.Start((await lab.OverviewAsync()).Active!, "anna");
        var report = await progress.Completion.WaitAsync(Ct);

        Assert.True(report.Passed);
        Assert.Equal((2, 2), (progress.Revision.Number, (await lab.OverviewAsync()).Active!.Number));
        Assert.NotNull(await lab.Library.Get<CheckStore>().FindAsync(progress.Revision, Ct));
    }

    [Fact]
    public async Task A_test_message_goes_by_the_standby_as_well()
    {
        await using var lab = await StartAsync("graph");
        lab.Cloud.Credentials.Expire(StubCloud.Secret);

        var result = await lab.Library.Get<TestMessage>().SendAsync((await lab.OverviewAsync()).Active!, "anna@contoso.com", "anna", Ct);

        Assert.True(result.Delivered);
        Assert.Equal(1, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task A_draft_with_a_wrong_secret_is_refused_whatever_stands_by()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Credentials.Add(Standby);

        var report = await lab.CheckAsync(WithStandby(lab.Input) with { ClientSecret = "a-secret-that-is-wrong" });

        Assert.False(report.Passed);
        Assert.Contains(report.Findings, f => f is { Code: FindingCode.SecretWrong, Field: "clientSecret", Blocks: true });
    }

    [Fact]
    public async Task Save_tries_the_standby_and_warns_when_it_does_not_work()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(WithStandby(lab.Input));

        Assert.True(report.Passed);
        var step = report.Steps.Single(s => s.Name == StepName.TokenForExchange);
        Assert.Equal((StepState.Warning, FindingCode.SecretWrong, "standbySecret", FindingSeverity.Warning), (step.State, step.Findings[0].Code, step.Findings[0].Field, step.Findings[0].Severity));
    }

    [Fact]
    public async Task A_standby_that_works_draws_no_word()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Credentials.Add(Standby);

        var report = await lab.CheckAsync(WithStandby(lab.Input));

        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task An_empty_field_keeps_the_standby_and_the_tick_removes_it()
    {
        await using var lab = await StartAsync("graph");
        var kept = (await lab.OverviewAsync()).Newest;

        var same = lab.Library.Rules.Judge(lab.Input, kept).Settings!;
        var gone = lab.Library.Rules.Judge(lab.Input with { RemoveStandbySecret = true }, kept).Settings!;

        Assert.Equal((new SecretText(Standby), null), (same.StandbySecret, gone.StandbySecret));
    }

    [Fact]
    public async Task For_another_app_the_standby_has_to_be_entered_again()
    {
        await using var lab = await StartAsync("graph");
        var kept = (await lab.OverviewAsync()).Newest;

        var report = lab.Library.Rules.Judge(lab.Input with { TenantId = "fabrikam.com" }, kept);

        Assert.Contains(report.Findings, f => f is { Code: FindingCode.SecretRequired, Field: "standbySecret", Blocks: true });
        Assert.DoesNotContain(
            lab.Library.Rules.Judge(lab.Input with { TenantId = "fabrikam.com", RemoveStandbySecret = true }, kept).Findings, f => f.Field == "standbySecret");
    }

    [Theory]
    [InlineData("f0000000-bbbb-4ccc-8ddd-eeeeeeeeeeee", "secret-is-id/standbySecret")]
    [InlineData("●●●●●●", "secret-is-mask/standbySecret")]
    [InlineData(StubCloud.Secret, "secret-required/standbySecret")]
    public async Task A_standby_is_judged_as_the_first_is(string typed, string finding)
    {
        await using var lab = await Lab.StartAsync();

        var report = lab.Library.Rules.Judge(WithStandby(lab.Input) with { StandbySecret = typed }, null);

        Assert.Equal([finding], report.Findings.Select(f => $"{f.Code.ToCode()}/{f.Field}"));
    }

    [Fact]
    public async Task A_secret_without_a_date_draws_a_warning_that_nobody_can_warn()
    {
        await using var lab = await Lab.StartAsync();

        var report = lab.Library.Rules.Judge(WithStandby(lab.Input) with { SecretExpiresOn = null, StandbySecretExpiresOn = null }, null);

        Assert.Equal(
            [("secret-expiry-unknown/secretExpiresOn", false), ("secret-expiry-unknown/standbySecretExpiresOn", false)],
            report.Findings.Select(f => ($"{f.Code.ToCode()}/{f.Field}", f.Blocks)));
        Assert.NotNull(report.Settings);
    }

    [Fact]
    public async Task History_and_the_audit_log_name_the_secrets_by_their_fingerprints()
    {
        await using var lab = await StartAsync("graph");
        var before = (await lab.OverviewAsync()).Active!;
        lab.Cloud.Credentials.Expire(StubCloud.Secret);
        await lab.Library.Get<StandbyTakeOver>().TryAsync(before.Id, lab.Library.Store.Open(before), TokenResource.Graph, FindingCode.SecretExpired, Ct);

        var after = (await lab.OverviewAsync()).Active!;
        var changes = SettingsChange.Between(before, after);

        Assert.Equal(before.StandbySecret!.Fingerprint, after.ClientSecret!.Fingerprint);
        Assert.Contains(new SettingsChange("clientSecret", $"fingerprint {before.ClientSecret!.Fingerprint}", $"fingerprint {before.StandbySecret.Fingerprint}"), changes);
        Assert.Contains(new SettingsChange("standbySecret", $"fingerprint {before.StandbySecret.Fingerprint}", null), changes);
    }

    private static SettingsInput WithStandby(SettingsInput input) => input with { StandbySecret = Standby, StandbySecretExpiresOn = Expires };

    private static async Task<Lab> StartAsync(string route)
    {
        var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?>
        {
            ["Pace:Graph:MessagesPerMinute"] = "60000",
            ["Pace:ExchangeOnline:MessagesPerMinute"] = "60000",
        });
        lab.Cloud.Credentials.Add(Standby);
        var report = await lab.CheckAsync(WithStandby(lab.Input) with { Route = route });
        Assert.True(report.Passed);
        return lab;
    }

    private static async Task AssertOneTakeOverAsync(Lab lab)
    {
        var audit = await lab.Library.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 100, Ct);
        Assert.Single(audit, e => e.Action == AuditAction.StandbyTookOver);
        Assert.Single(lab.Library.Logs.Lines, line => line.Contains("the standby secret took its place in revision 2", StringComparison.Ordinal));
        Assert.DoesNotContain(lab.Library.Logs.Lines, line => line.Contains(Standby, StringComparison.Ordinal));
    }

    private static async Task HandInAsync(Lab lab, int count)
    {
        var mailing = new NewMailing { Name = "Payslips", Subject = "Your payslip", Text = "It is ready." };
        var recipients = Enumerable.Range(1, count).Select(i => new NewRecipient(i, $"r{i}@contoso.com"));
        await lab.Library.Get<INotificationQueue>().HandInAsync(new HandInCaller(TestLibrary.Ruleset, "ada"), mailing, recipients.ToAsyncEnumerable(), Ct);
    }

    private static async Task DrainAsync(Lab lab)
    {
        await using var pump = Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(lab.Library.Get<SenderParts>(), 1, Ct));
        await pump.DrainAsync(Ct);
    }

    private static async Task<List<Notification>> RowsAsync(Lab lab)
    {
        await using var db = lab.Library.NewContext();
        return await db.Set<Notification>().AsNoTracking().ToListAsync(Ct);
    }
}
