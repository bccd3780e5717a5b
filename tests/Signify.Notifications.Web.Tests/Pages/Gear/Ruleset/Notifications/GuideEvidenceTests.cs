using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;
using static Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications.GuideState;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>A step of the guide is ticked off by proof alone.</summary>
public sealed class GuideEvidenceTests
{
    [Fact]
    public void Before_anything_is_saved_nothing_is_seen()
    {
        var progress = GuideEvidence.Read(new GuideFacts());

        Assert.Equal([Unseen, Unseen, Unseen, Unseen, Unseen, NotDone], progress.Steps.Select(s => s.State));
        Assert.Equal((0, "idle"), (progress.Seen, progress.Tone));
        Assert.StartsWith("None of the 6 steps", progress.Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_in_that_passed_and_a_test_message_tick_everything_off()
    {
        var progress = Read(true, [Token(StepName.TokenForExchange, "SMTP.SendAsApp"), Token(StepName.TokenForGraph, "none")], tested: true);

        Assert.All(progress.Steps, step => Assert.Equal(Done, step.State));
        Assert.Equal((6, "good"), (progress.Seen, progress.Tone));
        Assert.All([progress.Licence, progress.Consent, progress.SmtpAuth, progress.Firewall], mark => Assert.Equal(Done, mark.State));
        Assert.Equal(Unseen, progress.Account.State);
        Assert.Contains("SMTP.SendAsApp is granted in Entra", progress.Permission.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_vendors_guide_followed_to_the_letter_ends_over_Graph_with_nothing_to_do_in_Exchange()
    {
        var refused = new CheckStep(StepName.SignIn, StepState.Warning) { Findings = [new Finding(FindingCode.GraphOnly, "It is set up for Graph.", "Nothing.").AsWarning()] };

        var progress = Read(true, [Token(StepName.TokenForExchange, "none"), Token(StepName.TokenForGraph, "Mail.Send"), refused], route: Route.Graph);

        Assert.Equal([Done, Done, Done, Done, Done, NotDone], progress.Steps.Select(s => s.State));
        Assert.Contains("mail leaves over Microsoft Graph", progress.Exchange.Words, StringComparison.Ordinal);
        Assert.Contains("test message", progress.Form.Words, StringComparison.Ordinal);
        Assert.Equal(Done, progress.SmtpAuth.State);
    }

    [Theory]
    [InlineData(FindingCode.ClientUnknown, NotDone, NotDone, Unseen)]
    [InlineData(FindingCode.TenantUnknown, Unseen, NotDone, Unseen)]
    [InlineData(FindingCode.SecretWrong, Done, Done, NotDone)]
    [InlineData(FindingCode.SecretExpired, Done, Done, NotDone)]
    [InlineData(FindingCode.AppDisabled, Done, Done, Unseen)]
    [InlineData(FindingCode.EntraUnreachable, Unseen, Unseen, Unseen)]
    public void Each_refusal_of_Entra_tells_how_far_it_got(FindingCode code, GuideState app, GuideState ids, GuideState secret)
    {
        var progress = Read(false, Failing(StepName.TokenForExchange, code));

        Assert.Equal((app, ids, secret), (progress.App.State, progress.Ids.State, progress.Secret.State));
    }

    [Fact]
    public void An_app_that_Exchange_does_not_know_leaves_the_Exchange_side_open_with_the_finding()
    {
        var progress = Read(false, [Token(StepName.TokenForExchange, "SMTP.SendAsApp"), Token(StepName.TokenForGraph, "none"), .. Failing(StepName.SignIn, FindingCode.ServicePrincipalMissing)]);

        Assert.Equal([Done, Done, Done, Done, NotDone, NotDone], progress.Steps.Select(s => s.State));
        Assert.Equal(FindingCode.ServicePrincipalMissing, progress.Exchange.Finding?.Code);
        Assert.Equal(("4 of 6 steps seen.", "warn"), (progress.Line, progress.Tone));
    }

    [Fact]
    public void A_right_that_neither_token_shows_counts_when_the_sign_in_proves_it()
    {
        var progress = Read(true, [Token(StepName.TokenForExchange, "none"), Token(StepName.TokenForGraph, "none")]);

        Assert.Contains("inside Exchange", progress.Permission.Words, StringComparison.Ordinal);
        Assert.Equal(Done, progress.Permission.State);
    }

    [Fact]
    public void With_Route_SMTP_a_permission_for_Graph_alone_is_not_enough()
    {
        var progress = Read(false, [Token(StepName.TokenForExchange, "none"), Token(StepName.TokenForGraph, "Mail.Send"), .. Failing(StepName.SignIn, FindingCode.GraphOnly)]);

        Assert.Equal(NotDone, progress.Permission.State);
    }

    [Fact]
    public void What_is_merely_another_possible_cause_marks_nothing()
    {
        var refused = new CheckStep(StepName.SignIn, StepState.Failed)
        {
            Findings = [new Finding(FindingCode.ServicePrincipalMissing, "It is not known.", "Do."), new Finding(FindingCode.MailboxNotFound, "Or it is no mailbox.", "Look.")],
        };

        Assert.Equal(Unseen, Read(false, [refused]).Licence.State);
    }

    [Theory]
    [InlineData(FindingCode.ConnectionTimedOut, NotDone)]
    [InlineData(FindingCode.StarttlsMissing, NotDone)]
    [InlineData(FindingCode.TlsExpired, Unseen)]
    public void A_port_that_is_closed_is_the_firewalls(FindingCode code, GuideState expected)
    {
        Assert.Equal(expected, Read(false, [new CheckStep(StepName.Encryption, StepState.Skipped), .. Failing(StepName.Connection, code)]).Firewall.State);
    }

    [Fact]
    public void Encryption_that_failed_and_was_excused_proves_no_open_port()
    {
        var excused = new CheckStep(StepName.Encryption, StepState.Warning) { Findings = [new Finding(FindingCode.TlsUntrusted, "No.", "Do.").AsWarning()] };

        var progress = Read(false, [excused, new CheckStep(StepName.SignInOffered, StepState.Skipped), new CheckStep(StepName.SignIn, StepState.Skipped)]);

        Assert.NotEqual(Done, progress.Firewall.State);
    }

    [Fact]
    public void Settings_for_a_relay_prove_nothing_of_Microsoft_365()
    {
        var relay = new GuideFacts { Revision = Samples.Revision(1, signIn: SignIn.None), Report = Samples.Report(true), TestedAt = Samples.Morning };

        Assert.Equal(0, GuideEvidence.Read(relay).Seen);
    }

    private static GuideProgress Read(bool passed, CheckStep[] steps, Route route = Route.Smtp, bool tested = false) => GuideEvidence.Read(new GuideFacts
    {
        Revision = Samples.Revision(3, passed ? RevisionState.Active : RevisionState.Draft),
        Report = Samples.Report(passed, steps) with { Route = passed ? route : null },
        TestedAt = tested ? Samples.Morning : null,
    });

    private static CheckStep Token(StepName name, string roles) => new(name, StepState.Passed) { Summary = "Received for Mail app.", Evidence = $"aud: x\nroles: {roles}\noid: 9c1e5b1c-0000-4000-8000-000000000001" };

    /// <summary>The step that fails, and those behind it that are not reached.</summary>
    private static CheckStep[] Failing(StepName name, FindingCode code) =>
    [
        new CheckStep(name, StepState.Failed) { Findings = [new Finding(code, "What happened.", "What to do.")] },
        .. Enum.GetValues<StepName>().Where(n => n > name && n >= StepName.SignIn).Select(n => new CheckStep(n, StepState.Skipped)),
    ];
}
