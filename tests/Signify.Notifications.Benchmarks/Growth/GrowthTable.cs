using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>A line for each operation, a column for each length of the history, in milliseconds; and how the last compares with the first.</summary>
internal static class GrowthTable
{
    public static string Of(IReadOnlyList<GrowthStep> steps)
    {
        var lines = new List<string>
        {
            $"| ms, with rows of history: |{Cells(steps.Select(s => s.Rows.ToString("N0", CultureInfo.InvariantCulture)))} last ÷ first |",
            $"|---|{string.Concat(steps.Select(_ => "---:|"))}---:|",
        };
        for (var i = 0; i < steps[0].Costs.Count; i++)
        {
            var costs = steps.Select(s => s.Costs[i].Milliseconds).ToList();
            lines.Add($"| {steps[0].Costs[i].Operation} |{Cells(costs.Select(Milliseconds))} {Figure.Ratio(costs[^1] / costs[0])} |");
        }

        lines.Add($"| bytes on the disk for each row |{Cells(steps.Select(s => s.BytesPerRow.ToString("N0", CultureInfo.InvariantCulture)))} |");
        return string.Join('\n', lines);
    }

    private static string Cells(IEnumerable<string> texts) => string.Concat(texts.Select(t => $" {t} |"));

    private static string Milliseconds(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
