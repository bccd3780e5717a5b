using System.Globalization;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Benchmarks;

/// <summary>A thousand mailboxes at their limit in one process, on either database: what they cost and whether all of them keep their rate. Goal L.</summary>
internal static class MailboxesBenchmark
{
    public const string Name = "mailboxes";

    private const int Mailboxes = 1_000;
    private const int PerMinute = 30;
    private const string Begin = "<!-- mailboxes: ./bench.sh mailboxes --write -->";
    private const string End = "<!-- end of mailboxes -->";

    // Until each mailbox has a full minute behind it and its burst is over.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(4);

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var machine = Machine.Describe();
        var results = new List<MailboxesResult>();
        if (options.AsksDatabase("SQLite"))
        {
            results.Add(await MeasureAsync("SQLite", null, options));
        }

        if (options.AsksDatabase("PostgreSQL"))
        {
            await using var server = await PostgreSqlServer.StartAsync(durable: true, toDisk: true);
            results.Add(await MeasureAsync("PostgreSQL", server, options));
        }

        var table = MailboxesTable.Of(results);
        if (options.Write)
        {
            await MarkedPart.WriteAsync(Path.Combine("docs", "performance.md"), Begin, End, $"{machine}\n\n{table}");
        }

        return [.. results.Select(Row)];
    }

    private static async Task<MailboxesResult> MeasureAsync(string database, PostgreSqlServer? server, BenchmarkOptions options)
    {
        var window = options.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : Window;
        var result = await MailboxesRun.MeasureAsync(database, server, options.Mailboxes ?? Mailboxes, PerMinute, WarmUp, window);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{database}: {result.Sent} sent in {window.TotalSeconds:0} s, {result.NotSent} attempts not sent; share {result.Share:0.000}, lowest {result.LowestShare:0.000}; at most {result.MostInMinute} in a minute"));
        Console.WriteLine($"\n{MailboxesTable.Of([result])}\n");
        return result;
    }

    private static Figure Row(MailboxesResult result) => new(
        "L",
        string.Create(CultureInfo.InvariantCulture, $"messages sent by {result.Mailboxes:N0} mailboxes in one process on {result.Database}, all waiting; refusals"),
        string.Create(CultureInfo.InvariantCulture, $"what {PerMinute} a minute each allow"),
        "≥ 0.98; 0",
        $"{Figure.Ratio(result.Share)}; {result.NotSent}");
}
