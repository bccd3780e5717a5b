using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

public sealed class CheckCardTests
{
    private static readonly Finding Missing = new(FindingCode.ServicePrincipalMissing, "Exchange does not know the app yet", "Run this once.") { Field = SettingsField.FromEmail };

    [Fact]
    public void Only_the_first_failed_step_is_where_the_page_opens()
    {
        var report = Samples.Report(false, new CheckStep(StepName.Tenant, StepState.Failed), new CheckStep(StepName.SignIn, StepState.Failed));

        var card = CheckCard.Of(Samples.Revision(1), report, running: false);

        Assert.Equal([StepName.Tenant], card.Rows.Where(r => r.FirstFailed).Select(r => r.Step.Name));
        Assert.Equal("2 things to mend", card.Badge.Text);
    }

    [Fact]
    public void Several_candidates_for_one_cause_are_one_thing_to_mend()
    {
        var failed = new CheckStep(StepName.SignIn, StepState.Failed) { Findings = [Missing, Missing with { Code = FindingCode.MailboxNotFound }] };

        Assert.Equal("1 thing to mend", CheckCard.Of(Samples.Revision(1), Samples.Report(false, failed), running: false).Badge.Text);
    }

    [Fact]
    public void A_skipped_step_says_whether_something_stood_in_its_way()
    {
        var stopped = Samples.Report(false, new CheckStep(StepName.SignIn, StepState.Failed), new CheckStep(StepName.Sender, StepState.Skipped));
        var notAsked = Samples.Report(true, new CheckStep(StepName.Tenant, StepState.Skipped));

        Assert.Equal("not reached", CheckCard.Of(Samples.Revision(1), stopped, running: false).Rows[^1].Time);
        Assert.Equal("not needed", CheckCard.Of(Samples.Revision(1), notAsked, running: false).Rows[1].Time);
    }

    [Fact]
    public void States_follow_report_and_run()
    {
        var draft = Samples.Revision(1, RevisionState.Draft);
        var warned = Samples.Report(true, new CheckStep(StepName.Permissions, StepState.Warning));

        Assert.Equal(CheckCardState.NeverChecked, CheckCard.Of(null, null, running: false).State);
        Assert.Equal(CheckCardState.Interrupted, CheckCard.Of(draft, null, running: false).State);
        Assert.Equal(CheckCardState.Running, CheckCard.Of(draft, Samples.Report(false), running: true).State);
        Assert.Equal(CheckCardState.Passed, CheckCard.Of(draft, Samples.Report(true), running: false).State);
        Assert.Equal(CheckCardState.PassedWithWarnings, CheckCard.Of(draft, warned, running: false).State);
        Assert.Equal(CheckCardState.Failed, CheckCard.Of(draft, Samples.Report(false), running: false).State);
    }

    [Fact]
    public void A_field_gets_the_likeliest_finding_of_a_step_and_a_way_to_it()
    {
        var failed = new CheckStep(StepName.SignIn, StepState.Failed) { Findings = [Missing, Missing with { Code = FindingCode.MailboxNotFound }] };

        var message = Assert.Single(FieldMessage.OfCheck(Samples.Report(false, failed), []));

        Assert.Equal((SettingsField.FromEmail, FieldMessageKind.Error, "Exchange does not know the app yet.", "#step-sign-in"), (message.Field, message.Kind, message.Text, message.More));
    }

    [Fact]
    public void What_the_field_rules_say_is_not_said_twice()
    {
        var warned = new CheckStep(StepName.Fields, StepState.Warning) { Findings = [Missing] };

        Assert.Empty(FieldMessage.OfCheck(Samples.Report(true, warned), [Missing]));
    }
}
