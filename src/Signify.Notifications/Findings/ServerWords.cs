using System.Globalization;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Findings;

/// <summary>Makes what a server said fit to be shown: without secrets and tokens, without control characters, of bounded length.</summary>
public sealed partial class ServerWords
{
    private const int Limit = 4000;
    private const string Mask = "***";

    private readonly Lock _gate = new();
    private volatile Forbidden _forbidden = new([], []);

    /// <param name="secrets">Plain secrets that may come back in a server's words.</param>
    public ServerWords(params IEnumerable<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            Forbid(secret);
        }
    }

    /// <summary>From now on this is taken out too, such as a token that has just come.</summary>
    public void Forbid(string? secret)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return;
        }

        lock (_gate)
        {
            string[] more = [.. SecretSpellings.Of(secret)];
            _forbidden = new(
                [.. _forbidden.Spellings.Union(more).OrderByDescending(s => s.Length)],
                [.. _forbidden.Traces.Union(SecretTraces.Of(more))]);
        }
    }

    public string Clean(string words) => Clean(words, Limit);

    /// <param name="limit">How much is shown at most.</param>
    public string Clean(string words, int limit)
    {
        var (forbidden, window) = (_forbidden, 3 * limit);
        // Invisible characters go first: behind them a secret would not be seen.
        var shown = string.Concat((words.Length > window ? words[..window] : words).Where(Shown));
        foreach (var secret in forbidden.Spellings)
        {
            shown = shown.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase);
        }

        shown = Token().Replace(SecretTraces.Mask(shown, forbidden.Traces, Mask), Mask);
        if (words.Length > window && forbidden.Spellings.Length > 0)
        {
            // The cut may have gone through a secret, whose beginning is not recognised.
            shown = shown[..Math.Max(0, shown.Length - forbidden.Spellings[0].Length)];
        }

        return shown.Length > limit ? string.Concat(shown.AsSpan(0, limit), "…") : shown;
    }

    public Finding Clean(Finding finding) => finding with
    {
        Message = Clean(finding.Message),
        Remedy = Clean(finding.Remedy),
        TellApart = finding.TellApart is { } action ? Clean(action) : null,
    };

    private static bool Shown(char c) =>
        c == '\n' || (!char.IsControl(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse));

    // A JWT, a bearer header, or any run that long without a blank: nobody reads it, and it may open something.
    [GeneratedRegex(@"eyJ[A-Za-z0-9_\-]{8,}(\.[A-Za-z0-9_\-]+)*|(?<=\bBearer\s)[^\s""]{8,}|[A-Za-z0-9+/=_\-]{200,}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    /// <param name="Spellings">As they would come back whole, the longest first.</param>
    private sealed record Forbidden(string[] Spellings, string[] Traces);
}
