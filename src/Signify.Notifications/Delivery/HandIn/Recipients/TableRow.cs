namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>One row of a table.</summary>
/// <param name="Number">The line on which it begins.</param>
/// <param name="Cells">Null when the row is too long to be read.</param>
/// <param name="Raw">The row as it is written, when its quotation marks do not follow RFC 4180; otherwise null.</param>
internal readonly record struct TableRow(long Number, string[]? Cells, string? Raw)
{
    public bool Malformed => Raw is not null;

    /// <summary>
    /// Puts a display name with the table's separator in it together again, whose quotation marks are missing or do not follow
    /// RFC 4180: <c>Berg, Anna &lt;anna@contoso.com&gt;</c>. Only where the row then has exactly the columns of the table.
    /// </summary>
    /// <returns>The cells themselves where there is nothing to put together.</returns>
    public string[] Fit(int columns, int address, char separator)
    {
        if (Raw is not null)
        {
            var written = Written(Raw, separator);
            return written.Length <= columns && address < written.Length && RecipientAddress.TryParse(written[address], out _, out _)
                ? written
                : Cells!;
        }

        var surplus = Cells!.Length - columns;
        if (surplus <= 0 || Cells[^1].Length == 0 || !Cells[address + surplus].Contains('<', StringComparison.Ordinal))
        {
            return Cells;
        }

        var named = string.Join($"{separator} ", Cells[address..(address + surplus + 1)]);
        return RecipientAddress.TryParse(named, out var parsed, out _) && parsed.Name is not null
            ? [.. Cells[..address], named, .. Cells[(address + surplus + 1)..]]
            : Cells;
    }

    /// <summary>With quotation marks that only keep separators together, and stay.</summary>
    private static string[] Written(string raw, char separator)
    {
        var (cells, start, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i <= raw.Length; i++)
        {
            if (i == raw.Length || (raw[i] == separator && !quoted))
            {
                var cell = raw[start..i].Trim();
                cells.Add(cell is ['"', .. var inner, '"'] && !inner.Contains('"', StringComparison.Ordinal) ? inner : cell);
                start = i + 1;
            }
            else
            {
                quoted ^= raw[i] == '"';
            }
        }

        return [.. cells];
    }
}
