using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <param name="Names">Which benchmarks; empty for all.</param>
/// <param name="Rounds">How often each is repeated, its parts in turn.</param>
/// <param name="Full">With a million recipients where memory is measured.</param>
/// <param name="Write">Whether the table goes into docs/performance.md.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Names, int Rounds, bool Full, bool Write)
{
    public static BenchmarkOptions Read(string[] args)
    {
        var options = new BenchmarkOptions([], 5, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--rounds" when i + 1 < args.Length => options with { Rounds = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--full" => options with { Full = true },
                "--write" => options with { Write = true },
                var name => options with { Names = [.. options.Names, name] },
            };
        }

        return options;
    }
}
