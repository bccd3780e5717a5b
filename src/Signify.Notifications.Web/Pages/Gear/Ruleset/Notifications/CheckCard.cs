using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

public enum CheckCardState
{
    NeverChecked,
    Running,
    Passed,
    PassedWithWarnings,
    Failed,
    Interrupted,
}

/// <summary>The check as the page shows it: of the draft if there is one, else of the revision in use.</summary>
public sealed record CheckCard
{
    public required CheckCardState State { get; init; }

    public SettingsRevision? Revision { get; init; }

    public CheckReport? Report { get; init; }

    public required IReadOnlyList<CheckRow> Rows { get; init; }

    /// <summary>The check as text to hand on; "" while there is none.</summary>
    public string ReportText { get; init; } = "";

    public bool Running => State == CheckCardState.Running;

    /// <summary>Things that keep the revision from being used: failed steps, as one step's findings are candidates for one cause.</summary>
    public int Failures => Rows.Count(r => r.Step.State == StepState.Failed);

    public int Warnings => Rows.Count(r => r.Step.State == StepState.Warning && !r.NotNeeded);

    /// <param name="now">When the report is made.</param>
    public static CheckCard Of(SettingsRevision? revision, CheckReport? report, bool running, DateTimeOffset now)
    {
        var card = Of(revision, report, running);
        return running || revision is null || report is null ? card : card with { ReportText = Notifications.ReportText.Of(new ReportFacts(revision, report, now)) };
    }

    public static CheckCard Of(SettingsRevision? revision, CheckReport? report, bool running)
    {
        var rows = Rowed(report);
        var card = new CheckCard { State = CheckCardState.NeverChecked, Revision = revision, Report = report, Rows = rows };
        return card with { State = StateOf(card, running) };
    }

    /// <summary>The state in two to four words.</summary>
    public (string Tone, string Icon, string Text) Badge => State switch
    {
        CheckCardState.NeverChecked => ("neutral", "dash", "Not checked yet"),
        CheckCardState.Running => ("neutral", "run", "Running"),
        CheckCardState.Passed => ("good", "check", "Passed"),
        CheckCardState.PassedWithWarnings => ("warn", "bad", Warnings == 1 ? "Passed, 1 warning" : $"Passed, {Warnings} warnings"),
        CheckCardState.Interrupted => ("warn", "bad", "Interrupted"),
        _ => ("bad", "bad", Failures switch { 0 => "Not passed", 1 => "1 thing to mend", var n => $"{n} things to mend" }),
    };

    /// <summary>The finished commands of a step, most likely cause first; null when its remedy is none.</summary>
    public string? CommandsOf(string step) =>
        Rows.FirstOrDefault(r => r.Name == step)?.Step.Findings.FirstOrDefault(f => f.Commands is not null)?.Commands;

    private static CheckCardState StateOf(CheckCard card, bool running) => card switch
    {
        _ when running => CheckCardState.Running,
        // A draft's check begins with its Save: a draft without a report lost its check when the program stopped.
        { Report: null } => card.Revision is null ? CheckCardState.NeverChecked : CheckCardState.Interrupted,
        { Report.Passed: true, Warnings: 0 } => CheckCardState.Passed,
        { Report.Passed: true } => CheckCardState.PassedWithWarnings,
        _ => CheckCardState.Failed,
    };

    private static List<CheckRow> Rowed(CheckReport? report)
    {
        var rows = new List<CheckRow>();
        var failed = false;
        foreach (var step in report?.Steps ?? [])
        {
            var fails = step.State == StepState.Failed;
            rows.Add(new CheckRow(step) { FirstFailed = fails && !failed, AfterFailure = failed });
            failed |= fails;
        }

        return rows;
    }
}
