using CsvHelper;

namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>The rows of a table with headings, as RFC 4180 has them.</summary>
internal sealed class TableReader : IDisposable
{
    private const string Separators = ",;\t|";

    private readonly CsvReader _rows;
    private readonly long _linesBefore;
    private bool _malformed;

    /// <param name="linesBefore">Lines of the list that are not in the text.</param>
    public TableReader(TextReader text, char separator, int longestRow, long linesBefore)
    {
        (Separator, _linesBefore) = (separator, linesBefore);
        _rows = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                TrimWhitespace = true,
                TrackLineNumbers = true,
                MaxRecordSize = longestRow,
                OnMalformedRecord = _ => _malformed = true,
            },
            leaveOpen: true);
    }

    public char Separator { get; }

    /// <returns>What separates the values of the headings: the most frequent outside quotation marks; null for a single heading.</returns>
    public static char? SeparatorOf(string headings, char? named)
    {
        if (named is not null)
        {
            return headings.Contains(named.Value, StringComparison.Ordinal) ? named : null;
        }

        var (quoted, counts) = (false, new int[Separators.Length]);
        foreach (var c in headings)
        {
            quoted ^= c == '"';
            if (!quoted && Separators.IndexOf(c, StringComparison.Ordinal) is var separator and >= 0)
            {
                counts[separator]++;
            }
        }

        return counts.Max() is var most and > 0 ? Separators[Array.IndexOf(counts, most)] : null;
    }

    /// <returns>Null at the end; without cells when nothing further can be read.</returns>
    public async ValueTask<TableRow?> NextAsync(CancellationToken ct)
    {
        try
        {
            _malformed = false;
            return await _rows.ReadAsync(ct)
                ? new TableRow(
                    _linesBefore + _rows.LineNumber,
                    [.. Enumerable.Range(0, _rows.FieldCount).Select(_rows.GetString)],
                    _malformed ? System.Text.Encoding.UTF8.GetString(_rows.RawRecord) : null)
                : null;
        }
        catch (CsvFormatException)
        {
            return new TableRow(_linesBefore + _rows.LineNumber + 1, null, null);
        }
    }

    public void Dispose() => _rows.Dispose();
}
