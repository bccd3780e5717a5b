using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <param name="Names">Which benchmarks; empty for all.</param>
/// <param name="Rounds">How often each is repeated, its parts in turn.</param>
/// <param name="Full">With a million recipients where memory is measured, and ten million rows of history.</param>
/// <param name="Write">Whether the tables go into docs/performance.md.</param>
/// <param name="Rows">The longest history where growth is measured; null for the usual.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Names, int Rounds, bool Full, bool Write, long? Rows)
{
    /// <summary>How many mailboxes send where many are measured; null for the usual.</summary>
    public int? Mailboxes { get; init; }

    /// <summary>How long they are measured; null for the usual.</summary>
    public double? Minutes { get; init; }

    /// <summary>The one database to measure on, such as "sqlite"; null for both.</summary>
    public string? Database { get; init; }

    // They take long: measured when they are named, or with everything else in full.
    private static readonly string[] Long = [GrowthBenchmark.Name, MailboxesBenchmark.Name];

    public bool Asks(string benchmark) => Names.Count == 0 ? Full || !Long.Contains(benchmark) : Names.Contains(benchmark);

    public bool AsksDatabase(string name) => Database is null || string.Equals(Database, name, StringComparison.OrdinalIgnoreCase);

    public static BenchmarkOptions Read(string[] args)
    {
        var options = new BenchmarkOptions([], 5, false, false, null);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--rounds" when i + 1 < args.Length => options with { Rounds = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--rows" when i + 1 < args.Length => options with { Rows = long.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--mailboxes" when i + 1 < args.Length => options with { Mailboxes = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--minutes" when i + 1 < args.Length => options with { Minutes = double.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--database" when i + 1 < args.Length => options with { Database = args[++i] },
                "--full" => options with { Full = true },
                "--write" => options with { Write = true },
                var name => options with { Names = [.. options.Names, name] },
            };
        }

        return options;
    }
}
