using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

public sealed class ReportTextTests
{
    private static readonly Finding Missing = new(FindingCode.ServicePrincipalMissing, "Exchange does not know the app yet", "Run this once.") { Field = SettingsField.FromEmail };

    [Fact]
    public void It_tells_versions_settings_steps_findings_and_the_servers_words()
    {
        var failed = new CheckStep(StepName.SignIn, StepState.Failed) { Findings = [Missing], Evidence = "535 5.7.3 Authentication unsuccessful" };

        var text = Of(Samples.Revision(4, RevisionState.Draft), Samples.Report(false, failed) with { Transcript = "C: AUTH XOAUTH2 ***\nS: 535 5.7.3 Authentication unsuccessful" });

        Assert.All(
        [
            "Version            1.2.3", "Runtime            .NET Ten", "Settings, revision 4", "State              draft", "5d3c0f7e-8b1f-4a63-9a52-1a2b3c4d5e6f",
            "Verdict            not passed", "Sign-in            failed", "service-principal-missing: Exchange does not know the app yet", "To do: Run this once.",
            "> 535 5.7.3 Authentication unsuccessful", "Dialogue with the mail server", "C: AUTH XOAUTH2 ***",
        ], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_shows_as_its_fingerprint()
    {
        var secret = new StoredSecret { Ciphertext = "CiPhErTeXt", Fingerprint = "ab12cd", SetAt = Samples.Morning, SetBy = "adele@contoso.com" };

        var text = Of(Samples.WithSecret(secret), Samples.Report(true));

        Assert.Contains("Client Secret      set 2026-11-23 08:14:05 UTC, fingerprint ab12cd", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CiPhErTeXt", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_that_Microsoft_asks_for_stand_together_once_each()
    {
        const string entra = "AADSTS7000215: no. Trace ID: 11111111-aaaa-4bbb-8ccc-222222222222 Correlation ID: 33333333-aaaa-4bbb-8ccc-444444444444 Timestamp: 2026-11-23";
        const string server = "535 5.7.3 Authentication unsuccessful [VI1PR09CA0102.eurprd09.prod.outlook.com 2026-11-23T08:14:05.123Z 08DD84B323498C1A]";
        var report = Samples.Report(false,
            new CheckStep(StepName.TokenForExchange, StepState.Failed) { Evidence = entra },
            new CheckStep(StepName.TokenForGraph, StepState.Passed) { Evidence = "aud: x\nclock: 2 s ahead of this server's" },
            new CheckStep(StepName.SignIn, StepState.Failed) { Evidence = server }) with
        { Transcript = "S: " + server };

        Assert.Equal(
        [
            ("Trace ID", "11111111-aaaa-4bbb-8ccc-222222222222"), ("Correlation ID", "33333333-aaaa-4bbb-8ccc-444444444444"),
            ("Exchange server", "VI1PR09CA0102.eurprd09.prod.outlook.com 2026-11-23T08:14:05.123Z 08DD84B323498C1A"),
        ], TraceNumbers.In(report));
        Assert.Contains("Clock              2 s ahead of this server's", Of(Samples.Revision(1), report), StringComparison.Ordinal);
    }

    private static string Of(SettingsRevision revision, CheckReport report) =>
        ReportText.Of(new ReportFacts(revision, report, Samples.Morning) { Program = "1.2.3", Runtime = ".NET Ten", System = "Test" });
}
