using System.Globalization;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Web.Api;

/// <summary>
/// Times as RFC 3339 and ISO 8601 allow them, always with an offset: <c>2030-01-31T08:00:00Z</c>, lower-case <c>t</c> and <c>z</c>,
/// a space for the T, offsets <c>+01:00</c>, <c>+0100</c> and <c>+01</c>, a comma before fractions, and the basic form
/// <c>20300131T080000Z</c>. Seconds may be left out.
/// </summary>
internal static partial class TimeText
{
    /// <summary>What an error names.</summary>
    public const string Form = "This is a time such as 2030-01-31T08:00:00Z or 2030-01-31T09:00:00+01:00: ISO 8601 with its offset.";

    /// <summary>The instant in UTC; false also where it is before year 1 or after year 9999.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var hour = Number(match, "hour");
        var offset = match.Groups["sign"].Success ? (Number(match, "offsetHour") * 60) + Number(match, "offsetMinute") : 0;
        var (minute, second) = (Number(match, "minute"), Number(match, "second"));
        if (!DateOnly.TryParseExact($"{match.Groups["year"]}-{match.Groups["month"]}-{match.Groups["day"]}", "yyyy-MM-dd", out var day)
            || hour > 23 || minute > 59 || second > 59 || Number(match, "offsetMinute") > 59 || offset > 14 * 60)
        {
            return false;
        }

        // Seven digits are a tick; more are cut.
        var fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
        var local = day.ToDateTime(new TimeOnly(hour, minute, second)).Ticks + long.Parse(fraction, CultureInfo.InvariantCulture);
        var ticks = local - ((match.Groups["sign"].Value is "-" or "\u2212" ? -offset : offset) * TimeSpan.TicksPerMinute);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits }
            ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        """
        ^(?<year>[0-9]{4})(?<dash>-)?(?<month>[0-9]{2})(?(dash)-)(?<day>[0-9]{2})
        [Tt\x20]
        (?<hour>[0-9]{2})(?(dash):)(?<minute>[0-9]{2})(?:(?(dash):)(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,18}))?)?
        (?:[Zz]|(?<sign>[+\-\u2212])(?<offsetHour>[0-9]{2})(?::?(?<offsetMinute>[0-9]{2}))?)\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
