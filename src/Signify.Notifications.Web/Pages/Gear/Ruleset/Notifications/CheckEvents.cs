using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>A running check as server-sent events: <c>step</c> for each row that changed, <c>done</c> at the end.</summary>
public static class CheckEvents
{
    /// <summary>A row as check.js fills it in: finished words, so that they are written in one place.</summary>
    private sealed record RowChange(string Name, string Label, string State, string StateWord, string Icon, string Time, string Summary);

    public static async IAsyncEnumerable<SseItem<string>> Of(CheckProgress? progress, [EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyList<CheckStep> seen = [];
        await foreach (var report in progress?.WatchAsync(ct) ?? None())
        {
            foreach (var row in CheckCard.Of(progress!.Revision, report, running: true).Rows.Where(r => !seen.Contains(r.Step)))
            {
                var change = new RowChange(row.Name, row.Label, row.State, row.StateWord, row.Icon, row.Time, row.Step.Summary);
                yield return new SseItem<string>(JsonSerializer.Serialize(change, FindingJson.Options), "step");
            }

            seen = report.Steps;
        }

        yield return new SseItem<string>("{}", "done");
    }

    private static async IAsyncEnumerable<CheckReport> None()
    {
        await Task.CompletedTask;
        yield break;
    }
}
