using System.Text.Json;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

/// <summary>What a check keeps besides its steps: the dialogue with the mail server, and what the tokens said.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class KeptTranscriptTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dialogue_is_kept_with_the_report_and_without_the_token()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Auth, "535 5.7.3 Authentication unsuccessful [TEST]"));

        await lab.CheckAsync(lab.Input with { Route = "smtp" });
        var kept = await lab.Library.Get<CheckStore>().FindAsync((await lab.OverviewAsync()).Newest!, Ct);

        var lines = kept!.Transcript!.Split('\n');
        Assert.Contains("S: 220 TEST.outlook.office365.com Microsoft ESMTP MAIL Service ready", lines);
        Assert.Contains("C: STARTTLS", lines);
        Assert.Contains(lines, l => l.StartsWith("C: AUTH XOAUTH2", StringComparison.Ordinal));
        Assert.Contains("S: 535 5.7.3 Authentication unsuccessful [TEST]", lines);
        Assert.DoesNotContain(lab.Smtp.Logins[^1].Secret[..12], kept.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_follows_a_check_or_asks_the_API_does_not_get_it()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync();

        Assert.NotNull(report.Transcript);
        Assert.DoesNotContain("STARTTLS", JsonSerializer.Serialize(report, FindingJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_reached_no_server_keeps_none()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(lab.Input with { Port = "1" });

        Assert.Null(report.Transcript);
    }

    [Fact]
    public async Task What_the_tokens_said_is_read_back_from_the_report()
    {
        await using var lab = await Lab.StartAsync();

        await lab.CheckAsync();
        var seen = SeenTokens.Of(await lab.Library.Get<CheckStore>().FindAsync((await lab.OverviewAsync()).Newest!, Ct));

        Assert.Equal(StubCloud.ObjectId, seen.ObjectId);
        Assert.Equal((true, true), (seen.MaySendOverSmtp, seen.MaySendOverGraph));
    }

    [Fact]
    public async Task A_token_that_was_refused_was_not_seen()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.AnswerTokens(StubReply.Aadsts(7000215, "invalid_client", 401));

        Assert.False(SeenTokens.Of(await lab.CheckAsync()).Any);
    }

    [Theory]
    [InlineData(StepState.Passed, "roles: none", true)]
    [InlineData(StepState.Warning, "roles: Mail.Send", true)]
    [InlineData(StepState.Warning, "The token's claims cannot be read.", true)]
    [InlineData(StepState.Warning, "AADSTS7000215: Invalid client secret provided.", false)]
    [InlineData(StepState.Failed, "roles: Mail.Send", false)]
    [InlineData(StepState.Skipped, null, false)]
    public void A_token_is_seen_by_its_evidence_in_whatever_language_its_step_speaks(StepState state, string? evidence, bool seen)
    {
        var step = new CheckStep(StepName.TokenForGraph, state) { Summary = "Erhalten.", Evidence = evidence };

        var tokens = SeenTokens.Of(new CheckReport { Passed = true, StartedAt = DateTimeOffset.UnixEpoch, Steps = [step] });

        Assert.Equal(seen, tokens.Any);
    }
}
