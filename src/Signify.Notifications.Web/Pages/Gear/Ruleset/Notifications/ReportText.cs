using System.Globalization;
using System.Text;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>
/// A check as plain text to hand on: versions, settings, steps, findings, the servers' words and the dialogue with the mail server.
/// Each of them was cleaned of secrets and tokens when it was recorded; secrets of the settings show as fingerprints.
/// </summary>
public static class ReportText
{
    public const string FileName = "signify-check-report.txt";

    public static string Of(ReportFacts facts)
    {
        var text = new StringBuilder("Signify Notifications: report of a check\n");
        Section(text, "Program", Program(facts));
        Section(text, $"Settings, revision {facts.Revision.Number}", Settings(facts.Revision));
        Section(text, "Check", Verdict(facts.Check));
        foreach (var step in facts.Check.Steps)
        {
            Append(text, new CheckRow(step));
        }

        Section(text, "Numbers for Microsoft support", TraceNumbers.In(facts.Check).Select(n => (n.Name, (string?)n.Value)));
        if (facts.Check.Transcript is { Length: > 0 } transcript)
        {
            text.Append("\nDialogue with the mail server (S: server, C: this program; *** stands for what was taken out)\n")
                .Append(transcript.ReplaceLineEndings("\n")).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string, string?)> Program(ReportFacts facts) =>
    [
        ("Report made", Time(facts.Now)), ("Version", facts.Program), ("Runtime", facts.Runtime), ("System", facts.System),
    ];

    private static IEnumerable<(string, string?)> Settings(SettingsRevision r)
    {
        var tokens = r.SignIn == SignIn.Token;
        return
        [
            ("State", r.State.ToCode()), ("Saved", Time(r.CreatedAt)), ("Signs in with", SignsInWith(r.SignIn)), ("Cloud", tokens ? r.Cloud : null), ("Tenant ID", r.TenantId),
            ("Client ID", r.ClientId), ("Client Secret", Fingerprint(r.ClientSecret)), ("Secret expires on", r.SecretExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("From Email", r.FromEmail), ("Server Name", tokens ? null : r.ServerName), ("User Name", r.UserName), ("Password", Fingerprint(r.Password)),
            ("Port", Number(r.Port)), ("Timeout", $"{Number((int)r.Timeout.TotalSeconds)} s"), ("Batch Size", r.BatchSize.ToCode()), ("Route", tokens ? r.Route.ToCode() : null),
        ];
    }

    private static IEnumerable<(string, string?)> Verdict(CheckReport check) =>
    [
        ("Began", Time(check.StartedAt)), ("Took", CheckRow.TimeText(check.Duration)), ("Verdict", check.Passed ? "passed" : "not passed"),
        ("Route", check.Route?.ToCode()), ("Because", check.RouteReason), ("Clock", TraceNumbers.Clock(check)),
    ];

    private static void Section(StringBuilder text, string title, IEnumerable<(string Name, string? Value)> lines)
    {
        var told = lines.Where(l => !string.IsNullOrEmpty(l.Value)).ToList();
        if (told.Count > 0)
        {
            text.Append('\n').Append(title).Append('\n');
            told.ForEach(line => text.Append(CultureInfo.InvariantCulture, $"  {line.Name,-18} {line.Value}\n"));
        }
    }

    private static void Append(StringBuilder text, CheckRow row)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {row.Label,-18} {row.State,-8} {row.Step.Duration.TotalMilliseconds,6:0} ms  {row.Step.Summary}\n");
        foreach (var finding in row.Step.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"      {finding.Code.ToCode()}: {finding.Message}\n");
            text.Append(CultureInfo.InvariantCulture, $"        To do: {finding.Remedy.ReplaceLineEndings(" ")}\n");
        }

        foreach (var said in (row.Step.Evidence ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            text.Append(CultureInfo.InvariantCulture, $"      > {said}\n");
        }
    }

    private static string SignsInWith(SignIn signIn) => signIn switch
    {
        SignIn.Token => "a token of Microsoft 365",
        SignIn.Password => "user name and password",
        SignIn.None => "nothing, the relay asks for no credentials",
        _ => "the operator's shared relay",
    };

    private static string? Fingerprint(StoredSecret? secret) => secret is null ? null : $"set {Time(secret.SetAt)}, fingerprint {secret.Fingerprint}";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
