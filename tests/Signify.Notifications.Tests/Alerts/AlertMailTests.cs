using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Findings;
using Signify.Notifications.Health.Alerting;
using Signify.Notifications.Tests.Health;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Alerts;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class AlertMailTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_goes_to_administrators_and_further_addresses_once_each_and_urgently()
    {
        await using var lab = await StartAsync();

        await lab.Get<AlertTest>().RaiseAsync(TestLibrary.Ruleset, "Default", "ada", Ct);
        await lab.BeatAsync();
        await lab.BeatAsync();

        Assert.Equal([("ada@contoso.com", Priority.Urgent), ("ops@contoso.com", Priority.Urgent)], await MailsAsync(lab));
        Assert.Equal(AlertDeliveryState.Delivered, await StateAsync(lab));
    }

    [Fact]
    public async Task A_process_that_died_before_it_noted_the_e_mail_sends_no_second_one()
    {
        await using var lab = await StartAsync();
        await lab.Get<AlertTest>().RaiseAsync(TestLibrary.Ruleset, "Default", "ada", Ct);
        await lab.BeatAsync();

        await SetWaitingAsync(lab);
        lab.Time.Advance(TimeSpan.FromHours(1));
        await lab.BeatAsync();

        Assert.Equal(2, (await MailsAsync(lab)).Count);
        Assert.Equal(AlertDeliveryState.Delivered, await StateAsync(lab));
    }

    [Fact]
    public async Task What_says_that_the_route_failed_goes_by_no_e_mail_and_its_end_does()
    {
        await using var lab = await StartAsync();
        await lab.HoldAsync(Hold.Configuration, FindingCode.SecretExpired);
        await lab.BeatAsync();
        Assert.Equal(AlertDeliveryState.Skipped, await StateAsync(lab));
        Assert.Empty(await MailsAsync(lab));

        await lab.ToNextCheckAsync();
        Assert.Empty(await MailsAsync(lab));
        await lab.LiftAsync();
        await lab.PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30));

        Assert.Equal(["ada@contoso.com", "ops@contoso.com"], (await MailsAsync(lab)).Select(m => m.To));
        await using var db = lab.Lab.Library.NewContext();
        Assert.All(await db.Set<MailingContent>().Select(c => c.Subject).ToListAsync(Ct), s => Assert.Equal("Default: the notification settings pass their check again", s));
    }

    [Fact]
    public async Task While_sending_is_held_a_notice_waits_and_goes_when_it_is_resumed()
    {
        await using var lab = await StartAsync(endsIn: 61);
        await lab.Get<SendingHold>().HoldAsync(TestLibrary.Ruleset, "anna", Ct);
        await lab.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(6));
        Assert.Empty(await MailsAsync(lab));
        Assert.Equal(AlertDeliveryState.Waiting, await StateAsync(lab));

        await lab.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "anna", Ct);
        await lab.PassAsync(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(1));

        Assert.Equal(2, (await MailsAsync(lab)).Count);
    }

    [Fact]
    public async Task A_notice_that_is_over_before_it_could_go_does_not_go()
    {
        await using var lab = await StartAsync(endsIn: 61);
        await lab.Get<SendingHold>().HoldAsync(TestLibrary.Ruleset, "anna", Ct);
        await lab.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(6));
        await lab.Lab.CheckAsync(lab.Input(endsIn: 700));
        await lab.BeatAsync();

        await lab.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "anna", Ct);
        await lab.PassAsync(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(1));

        Assert.Empty(await MailsAsync(lab));
        Assert.Equal(AlertDeliveryState.Skipped, await StateAsync(lab));
    }

    [Fact]
    public async Task Nobody_is_written_to_who_has_not_taken_the_invitation_up_or_may_only_look()
    {
        await using var lab = await StartAsync();
        await AddMemberAsync(lab, "vera@contoso.com", MemberRole.Viewer, invited: false);
        await AddMemberAsync(lab, "ivan@contoso.com", MemberRole.Administrator, invited: true);

        await lab.Get<AlertTest>().RaiseAsync(TestLibrary.Ruleset, "Default", "ada", Ct);
        await lab.BeatAsync();

        Assert.Equal(["ada@contoso.com", "ops@contoso.com"], (await MailsAsync(lab)).Select(m => m.To));
    }

    [Fact]
    public async Task With_e_mail_off_and_no_further_address_nothing_is_queued()
    {
        await using var lab = await StartAsync();
        await lab.Get<AlertSettings>().SaveAsync(TestLibrary.Ruleset, new AlertInput(false, [], null, null, false), "ada", Ct);

        await lab.Get<AlertTest>().RaiseAsync(TestLibrary.Ruleset, "Default", "ada", Ct);
        await lab.BeatAsync();

        Assert.Empty(await MailsAsync(lab));
        Assert.Empty((await lab.AlertsAsync())[^1].Deliveries);
    }

    private static async Task<HealthLab> StartAsync(int? endsIn = null)
    {
        var lab = await HealthLab.StartAsync(endsIn);
        await AddMemberAsync(lab, "ada@contoso.com", MemberRole.Administrator, invited: false);
        await lab.Get<AlertSettings>().SaveAsync(TestLibrary.Ruleset, new AlertInput(true, ["ops@contoso.com", "ADA@contoso.com"], null, null, false), "ada", Ct);
        return lab;
    }

    private static async Task AddMemberAsync(HealthLab lab, string email, MemberRole role, bool invited)
    {
        await using var db = lab.Lab.Library.NewContext();
        var user = new User { Id = Guid.NewGuid(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), CreatedAt = lab.Now };
        db.Add(user);
        db.Add(new RulesetMember { RulesetId = TestLibrary.Ruleset, UserId = user.Id, Role = role });
        await db.SaveChangesAsync(Ct);
        if (invited)
        {
            await lab.Get<Invitations>().MakeAsync(db, user.Id, "ada", Ct);
            await db.SaveChangesAsync(Ct);
        }
    }

    private static async Task<IReadOnlyList<(string To, Priority Priority)>> MailsAsync(HealthLab lab)
    {
        await using var db = lab.Lab.Library.NewContext();
        return [.. (await db.Set<Notification>().OrderBy(n => n.To).Select(n => new { n.To, n.Priority }).ToListAsync(Ct)).Select(n => (n.To, n.Priority))];
    }

    private static async Task<AlertDeliveryState> StateAsync(HealthLab lab) => (await lab.AlertsAsync())[^1].Deliveries.Single().State;

    private static async Task SetWaitingAsync(HealthLab lab)
    {
        await using var db = lab.Lab.Library.NewContext();
        await db.Set<AlertDelivery>().ExecuteUpdateAsync(set => set.SetProperty(d => d.State, AlertDeliveryState.Waiting), Ct);
    }
}
