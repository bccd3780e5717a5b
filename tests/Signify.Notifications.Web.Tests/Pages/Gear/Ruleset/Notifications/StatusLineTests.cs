using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

public sealed class StatusLineTests
{
    [Fact]
    public void A_new_ruleset_sends_nothing_and_is_not_called_bad()
    {
        var line = StatusLine.Of(new StatusFacts { Overview = new SettingsOverview(null, null, 0) });

        Assert.Equal("idle", line.Tone);
        Assert.StartsWith("Nothing is sending yet.", line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_revision_in_use_is_named_with_its_time_and_road()
    {
        var line = StatusLine.Of(new StatusFacts { Overview = new SettingsOverview(Samples.Revision(7), null, 7), ActiveReport = Samples.Report(passed: true) });

        Assert.Equal("good", line.Tone);
        Assert.Equal("Sending with revision 7, validated 23 November 2026 at 08:14 UTC over SMTP.", line.ToString());
    }

    [Fact]
    public void A_failing_draft_does_not_turn_what_is_sending_bad()
    {
        var overview = new SettingsOverview(Samples.Revision(7), Samples.Revision(8, RevisionState.Draft), 8);

        var line = StatusLine.Of(new StatusFacts { Overview = overview, ActiveReport = Samples.Report(passed: true), DraftReport = Samples.Report(passed: false) });

        Assert.Equal("good", line.Tone);
        Assert.EndsWith("Your draft below is not in use yet.", line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_alone_that_failed_says_that_nothing_is_sending()
    {
        var overview = new SettingsOverview(null, Samples.Revision(1, RevisionState.Draft), 1);

        var line = StatusLine.Of(new StatusFacts { Overview = overview, DraftReport = Samples.Report(passed: false) });

        Assert.Equal("bad", line.Tone);
        Assert.Equal("Nothing is sending yet. Revision 1 did not pass its check. It is kept as a draft.", line.ToString());
    }

    [Fact]
    public void A_running_check_of_a_draft_is_said()
    {
        var overview = new SettingsOverview(null, Samples.Revision(3, RevisionState.Draft), 3);

        var line = StatusLine.Of(new StatusFacts { Overview = overview, Running = true });

        Assert.Equal("Nothing is sending yet. Revision 3 is being checked and is not in use yet.", line.ToString());
    }

    [Fact]
    public void A_draft_whose_check_never_ended_is_said_to_be_interrupted()
    {
        var overview = new SettingsOverview(null, Samples.Revision(3, RevisionState.Draft), 3);

        Assert.Contains("was interrupted", StatusLine.Of(new StatusFacts { Overview = overview }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_key_ring_names_the_fields_to_enter_again()
    {
        var facts = new StatusFacts { Overview = new SettingsOverview(Samples.Revision(7), null, 7), Unreadable = [SettingsField.ClientSecret, SettingsField.Password] };

        var line = StatusLine.Of(facts);

        Assert.Equal("bad", line.Tone);
        Assert.Contains("Enter Client Secret and Password again and save.", line.ToString(), StringComparison.Ordinal);
        Assert.Contains(line.Parts, p => p.Field == SettingsField.ClientSecret);
    }

    [Fact]
    public void A_revision_in_use_whose_later_check_failed_is_bad()
    {
        var line = StatusLine.Of(new StatusFacts { Overview = new SettingsOverview(Samples.Revision(7), null, 7), ActiveReport = Samples.Report(passed: false) });

        Assert.Equal("bad", line.Tone);
        Assert.Contains("did not pass", line.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "good", "over the shared relay of your operator.")]
    [InlineData(false, "bad", "none is set up any more.")]
    public void The_shared_relay_is_named_and_missed(bool isSetUp, string tone, string end)
    {
        var overview = new SettingsOverview(Samples.Revision(2, signIn: SignIn.SharedRelay), null, 2);

        var line = StatusLine.Of(new StatusFacts { Overview = overview, ActiveReport = Samples.Report(passed: true), SharedRelayIsSetUp = isSetUp });

        Assert.Equal(tone, line.Tone);
        Assert.EndsWith(end, line.ToString(), StringComparison.Ordinal);
    }
}
