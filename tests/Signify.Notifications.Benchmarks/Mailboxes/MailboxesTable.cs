using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>A line for each figure, a column for each database.</summary>
internal static class MailboxesTable
{
    public static string Of(IReadOnlyList<MailboxesResult> results) => string.Join('\n',
    [
        $"| |{Cells(results, r => r.Database)}",
        $"|---|{Cells(results, _ => "---:")}",
        $"| share of the allowed rate, all mailboxes |{Cells(results, r => Number(r.Share, "0.000"))}",
        $"| the same of the mailbox that sent least |{Cells(results, r => Number(r.LowestShare, "0.000"))}",
        $"| most that a mailbox sent in 60 s |{Cells(results, r => Number(r.MostInMinute, "0"))}",
        $"| messages a second |{Cells(results, r => Number(r.Sent / (r.Sample.End - r.Sample.Begin).TotalSeconds, "0"))}",
        $"| processor seconds a second, the program |{Cells(results, r => Number(r.Sample.Processors, "0.00"))}",
        $"| processor seconds a second, the database server |{Cells(results, r => OnServer(r, Number(r.Sample.DatabaseProcessors, "0.00")))}",
        $"| resident memory at its highest, MB |{Cells(results, r => Number(r.Sample.PeakMegabytes, "0"))}",
        $"| managed heap after a collection at its highest, MB |{Cells(results, r => Number(r.Sample.HeapMegabytes, "0"))}",
        $"| connections to the mail server: mean, peak |{Cells(results, r => Text(r.Sample.ToServer))}",
        $"| connections to the database server: mean, peak |{Cells(results, r => OnServer(r, Text(r.Sample.ToDatabase)))}",
    ]);

    private static string OnServer(MailboxesResult result, string text) => result.Sample.ToDatabase.Peak == 0 ? "–" : text;

    private static string Text(Level level) => $"{Number(level.Mean, "0")}, {Number(level.Peak, "0")}";

    private static string Cells(IEnumerable<MailboxesResult> results, Func<MailboxesResult, string> text) => string.Concat(results.Select(r => $" {text(r)} |"));

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
