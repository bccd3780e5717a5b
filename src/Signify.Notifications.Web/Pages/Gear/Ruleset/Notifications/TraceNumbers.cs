using System.Text.RegularExpressions;
using Signify.Notifications.Checks;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The numbers in a check's evidence by which Microsoft finds the same moment in its own logs.</summary>
public static partial class TraceNumbers
{
    private const string ClockLine = "clock: ";

    public static IReadOnlyList<(string Name, string Value)> In(CheckReport check)
    {
        var words = Words(check).ToList();
        return
        [
            .. words.SelectMany(w => Ids().Matches(w)).Select(m => (m.Groups["name"].Value, m.Groups["value"].Value)).Distinct(),
            // "[VI1PR09CA0102.eurprd09.prod.outlook.com 2026-11-23T08:14:05.123Z 08DD84B323498C1A]"
            .. words.SelectMany(w => Server().Matches(w)).Select(m => ("Exchange server", m.Groups["value"].Value)).Distinct(),
        ];
    }

    /// <summary>How far the token service's clock is from this server's; null when no token came.</summary>
    public static string? Clock(CheckReport check) => check.Steps.SelectMany(s => (s.Evidence ?? "").Split('\n'))
        .FirstOrDefault(line => line.StartsWith(ClockLine, StringComparison.Ordinal))?[ClockLine.Length..];

    private static IEnumerable<string> Words(CheckReport check) => check.Steps.Select(s => s.Evidence).Append(check.Transcript).OfType<string>();

    [GeneratedRegex(@"(?<name>Trace ID|Correlation ID|request-id|client-request-id):\s*(?<value>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ids();

    [GeneratedRegex(@"\[(?<value>[A-Za-z0-9.\-]+ \d{4}-\d\d-\d\dT[0-9:.]+Z [0-9A-F]{16})\]", RegexOptions.CultureInvariant)]
    private static partial Regex Server();
}
