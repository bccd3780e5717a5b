namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>Takes the addresses of one line apart: a list as people paste it from a mail program, a spreadsheet or a text.</summary>
internal static class AddressLine
{
    /// <summary>What may separate two addresses, in the scripts that have their own.</summary>
    public const string Separators = ",;\t|，；、";

    /// <returns>
    /// All addresses of the line, or a fault. A line without an address is given as it is, for the rules to refuse.
    /// Values beside a single address are those of a table without headings.
    /// </returns>
    public static (IReadOnlyList<string> Addresses, string? Fault) Split(string line)
    {
        var (addresses, others, name) = (new List<string>(), 0, new List<string>());
        foreach (var (text, separator) in Pieces(line))
        {
            if (separator != ',')
            {
                others += name.Count;
                name.Clear();
            }

            if (!text.Contains('@', StringComparison.Ordinal))
            {
                name.Add(text);
                continue;
            }

            // The comma within "Berg, Anna <anna@contoso.com>".
            var belongs = name.Count > 0 && text.Contains('<', StringComparison.Ordinal);
            addresses.AddRange(belongs ? [string.Join(", ", [.. name, text])] : Several(text));
            others += belongs ? 0 : name.Count;
            name.Clear();
        }

        others += name.Count;
        return addresses.Count switch
        {
            0 => ([line], null),
            > 1 when others > 0 => ([], $"It has {addresses.Count} addresses and another value. "
                + "Write one recipient a line, or name the columns in the first line."),
            _ => (addresses, null),
        };
    }

    /// <summary>Whether a line has separators alone, as spreadsheets write after the last row.</summary>
    public static bool IsBlank(string line) => InvisibleCharacters.Trim(line).All(c => Separators.Contains(c, StringComparison.Ordinal));

    /// <summary>Splits outside quotation marks and angle brackets, if they are closed.</summary>
    /// <returns>Each with what stands before it; blank ones are left out.</returns>
    internal static List<(string Text, char Separator)> Pieces(string line)
    {
        var quotes = line.Count(c => c == '"') % 2 == 0;
        var (pieces, start, separator, quoted) = (new List<(string, char)>(), 0, '\0', false);
        for (var i = 0; i <= line.Length; i++)
        {
            var c = i < line.Length ? line[i] : '\0';
            if (c == '"' && quotes)
            {
                quoted = !quoted;
            }
            else if (c == '<' && !quoted && line.IndexOf('>', i) is var close and > 0)
            {
                i = close;
            }
            else if (i == line.Length || (!quoted && Separators.Contains(c, StringComparison.Ordinal)))
            {
                if (InvisibleCharacters.Trim(line[start..i]) is { Length: > 0 } text)
                {
                    pieces.Add((text, separator));
                    separator = c;
                }
                else if (separator is '\0' or ',')
                {
                    separator = c;
                }

                start = i + 1;
            }
        }

        return pieces;
    }

    /// <summary>Addresses with nothing but blanks between them.</summary>
    private static IEnumerable<string> Several(string piece)
    {
        var closed = piece.Split('>', StringSplitOptions.RemoveEmptyEntries);
        if (closed.Length > 1 && piece.EndsWith('>')
            && closed.All(p => p.LastIndexOf('<') is var open and >= 0 && p.IndexOf('@', open) > 0))
        {
            return closed.Select(p => InvisibleCharacters.Trim(p + ">"));
        }

        var words = piece.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words.All(w => w.Count(c => c == '@') == 1 && w[0] is not ('<' or '(' or '[' or '"' or '\''))
            ? words
            : [piece];
    }
}
