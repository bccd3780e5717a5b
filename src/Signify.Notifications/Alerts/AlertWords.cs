using System.Text.RegularExpressions;

namespace Signify.Notifications.Alerts;

/// <summary>Makes an alert's words fit to leave the program: no address, one line where one is due, of bounded length.</summary>
public static partial class AlertWords
{
    internal const int AboutLimit = 100;
    internal const int SubjectLimit = 200;
    internal const int TextLimit = 2000;
    internal const int ResultLimit = 300;

    private const string Mask = "(address)";

    internal static Alert Clean(Alert alert) => alert with
    {
        About = Line(alert.About, AboutLimit),
        Subject = Line(alert.Subject, SubjectLimit),
        Text = Shorten(WithoutAddresses(alert.Text), TextLimit),
    };

    internal static string Result(string words) => Line(words, ResultLimit);

    /// <summary>An alert goes to people and programs who need not know whom mail is sent to.</summary>
    internal static string WithoutAddresses(string words) => Address().Replace(words, Mask);

    private static string Line(string words, int limit) => Shorten(Break().Replace(WithoutAddresses(words), " ").Trim(), limit);

    private static string Shorten(string words, int limit) => words.Length <= limit ? words : string.Concat(words.AsSpan(0, limit - 1), "…");

    [GeneratedRegex(@"[^\s<>""'(),;:]+@[^\s<>""'(),;:]*[^\s<>""'(),;:.]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Break();
}
