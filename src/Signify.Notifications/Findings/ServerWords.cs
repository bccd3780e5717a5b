using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Findings;

/// <summary>Makes what a server said fit to be shown: without secrets and tokens, without control characters, of bounded length.</summary>
public sealed partial class ServerWords
{
    private const int Limit = 4000;
    private const string Mask = "***";

    private readonly string[] _forbidden;

    /// <param name="secrets">Plain secrets that may come back in a server's words.</param>
    public ServerWords(params IEnumerable<string?> secrets) =>
        _forbidden = [.. secrets.OfType<string>().Where(s => s.Length > 0).SelectMany(Spellings).Distinct().OrderByDescending(s => s.Length)];

    public string Clean(string words)
    {
        var bounded = words.Length > 4 * Limit ? words[..(4 * Limit)] : words;
        foreach (var secret in _forbidden)
        {
            bounded = bounded.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase);
        }

        bounded = Token().Replace(bounded, Mask);
        var shown = string.Concat(bounded.Where(Shown));
        return shown.Length > Limit ? string.Concat(shown.AsSpan(0, Limit), "…") : shown;
    }

    public Finding Clean(Finding finding) => finding with { Message = Clean(finding.Message), Remedy = Clean(finding.Remedy) };

    private static bool Shown(char c) =>
        c == '\n' || (!char.IsControl(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse));

    private static IEnumerable<string> Spellings(string secret)
    {
        yield return secret;
        yield return WebUtility.UrlEncode(secret);
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
    }

    // A JWT, a bearer header, or any run that long without a blank: nobody reads it, and it may open something.
    [GeneratedRegex(@"eyJ[A-Za-z0-9_\-]{8,}(\.[A-Za-z0-9_\-]+)*|(?<=\bBearer\s)[^\s""]{8,}|[A-Za-z0-9+/=_\-]{200,}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
