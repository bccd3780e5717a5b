using System.Text.RegularExpressions;

namespace Signify.Notifications.Findings;

/// <summary>Masks what a server says back of a secret in pieces: broken over the lines of a reply, with blanks between, or a part of it alone.</summary>
internal static partial class SecretTraces
{
    // So many characters of a secret in a row do not stand in ordinary words by chance.
    private const int Piece = 12;

    // Of a short secret only the whole counts, and a shorter one still stands in every second number.
    private const int ShortestWhole = 6;

    /// <summary>What <see cref="Mask"/> looks for of a secret that is spelled in these ways: to be made once, as it takes longer than the look.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> spellings) => spellings.Select(s => Compact(s).Text).Where(s => s.Length >= ShortestWhole);

    /// <param name="traces">From <see cref="Of"/>.</param>
    public static string Mask(string text, IReadOnlyList<string> traces, string mask)
    {
        var (compact, places) = Compact(text);
        var marked = new bool[text.Length];
        var pieces = Pieces(compact).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var spelling in traces)
        {
            if (spelling.Length < Piece)
            {
                MarkWhole(compact, spelling, places, marked);
                continue;
            }

            for (var i = 0; i + Piece <= spelling.Length; i++)
            {
                if (pieces.TryGetValue(spelling.AsSpan(i, Piece), out var starts))
                {
                    starts.ForEach(start => Mark(start, Piece, places, marked));
                }
            }
        }

        return marked.Contains(true) ? Write(text, marked, mask) : text;
    }

    /// <summary>The text without what a server puts between the parts of a reply, and where each character stood.</summary>
    private static (string Text, int[] Places) Compact(string text)
    {
        var between = new bool[text.Length];
        foreach (var match in Between().EnumerateMatches(text))
        {
            Array.Fill(between, true, match.Index, match.Length);
        }

        int[] places = [.. Enumerable.Range(0, text.Length).Where(i => !between[i])];
        return (string.Concat(places.Select(i => text[i])), places);
    }

    private static Dictionary<string, List<int>> Pieces(string compact)
    {
        var pieces = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i + Piece <= compact.Length; i++)
        {
            var piece = compact.Substring(i, Piece);
            if (!pieces.TryGetValue(piece, out var starts))
            {
                pieces[piece] = starts = [];
            }

            starts.Add(i);
        }

        return pieces;
    }

    private static void MarkWhole(string compact, string spelling, int[] places, bool[] marked)
    {
        for (var at = 0; (at = compact.IndexOf(spelling, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            Mark(at, spelling.Length, places, marked);
        }
    }

    private static void Mark(int start, int length, int[] places, bool[] marked)
    {
        for (var i = start; i < start + length; i++)
        {
            marked[places[i]] = true;
        }
    }

    private static string Write(string text, bool[] marked, string mask) =>
        string.Concat(text.Select((c, i) => !marked[i] ? c.ToString() : i > 0 && marked[i - 1] ? "" : mask));

    // Line ends and blanks; the code before a line of a reply, as on the wire or in a transcript; enhanced codes.
    [GeneratedRegex(@"^(?:[SC]:\x20)?(?:[2-5]\d\d[\x20\-](?:[245]\.\d{1,3}\.\d{1,3}(?!\S))?)?|(?<!\S)[245]\.\d{1,3}\.\d{1,3}(?!\S)|\s+", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
