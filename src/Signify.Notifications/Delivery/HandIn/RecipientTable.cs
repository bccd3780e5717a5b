using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// A list of recipients as people have it: exported from a spreadsheet, copied from one, or plain addresses. Comma, semicolon,
/// tab or bar between the values; UTF-8, or what a byte order mark says. Read a line at a time, in constant memory. One who stands
/// in it twice gets two messages: their fields may differ.
/// </summary>
public sealed class RecipientTable : IDisposable
{
    private const int LongestLine = 64 * 1024;

    private static readonly string[] AddressNames = ["email", "e_mail", "mail", "to", "address", "email_address", "e_mail_address", "recipient"];

    private readonly CsvReader _lines;
    private string[] _columns = [];
    private string[]? _first;
    private int _address;
    private bool _malformed;

    private RecipientTable(Stream stream) => _lines = CsvReader.Create(
        stream,
        new CsvReaderOptions
        {
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = LongestLine,
            OnMalformedRecord = _ => _malformed = true,
        },
        leaveOpen: false);

    /// <summary>What the first line told; with a fault, <see cref="ReadAsync"/> gives nothing.</summary>
    public ListHead Head { get; private set; } = ListHead.None;

    /// <summary>Reads the first line. The table closes the stream.</summary>
    public static async Task<RecipientTable> OpenAsync(Stream stream, CancellationToken ct)
    {
        var table = new RecipientTable(stream);
        if (await table.NextAsync(ct) is { Fault: null } first)
        {
            table.Begin(first.Cells!);
        }

        return table;
    }

    /// <summary>Each with the number of its line, for <see cref="INotificationQueue"/>; once. A line at fault is given with it.</summary>
    public async IAsyncEnumerable<NewRecipient> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (Head.Fault is not null)
        {
            yield break;
        }

        if (_first is not null)
        {
            yield return Recipient(1, _first);
        }

        while (await NextAsync(ct) is { } line)
        {
            if (line.Fault is not null)
            {
                yield return new NewRecipient(line.Number, null) { Fault = line.Fault };
                yield break;
            }

            yield return Recipient(line.Number, line.Cells!);
        }
    }

    public void Dispose() => _lines.Dispose();

    /// <returns>Null at the end; with a fault when nothing further can be read.</returns>
    private async Task<(long Number, string[]? Cells, LineFault? Fault)?> NextAsync(CancellationToken ct)
    {
        try
        {
            _malformed = false;
            return await _lines.ReadAsync(ct)
                ? (_lines.LineNumber, [.. Enumerable.Range(0, _lines.FieldCount).Select(_lines.GetString)], null)
                : null;
        }
        catch (CsvFormatException)
        {
            return (_lines.LineNumber + 1, null, new LineFault(LineCodes.LineTooLong, $"It is longer than {LongestLine / 1024} KB: perhaps a quotation mark is not closed. Nothing after it was read."));
        }
    }

    private void Begin(string[] first)
    {
        if (first.Any(cell => cell.Contains('@', StringComparison.Ordinal)))
        {
            _first = first;
            _address = Array.FindIndex(first, cell => cell.Contains('@', StringComparison.Ordinal));
            return;
        }

        var columns = first.Select(FieldName).ToArray();
        _address = Array.FindIndex(columns, AddressNames.Contains);
        Head = _address < 0 ? ListHead.None with { Fault = "The first line names no column “email”, and no address stands in it." }
            : columns.Where((c, i) => i != _address && c.Length > 0).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice
                ? ListHead.None with { Fault = $"Two columns are called {twice.Key}. Give each its own name." }
                : new ListHead([.. columns.Where((c, i) => i != _address && c.Length > 0)], first[_address]);
        _columns = columns;
    }

    private NewRecipient Recipient(long line, string[] cells)
    {
        string? fault = _malformed ? "A quotation mark stands where none belongs."
            : cells.Any(c => c.Contains('\uFFFD', StringComparison.Ordinal)) ? "This is not UTF-8. Save the list as “CSV UTF-8”."
            : _columns.Length > 0 && cells.Length > _columns.Length ? $"It has {cells.Length} values for {_columns.Length} columns."
            : null;
        return new NewRecipient(line, _address < cells.Length ? cells[_address] : null)
        {
            Fields = Head.Columns.Count == 0 ? null : Json(cells),
            Fault = fault is null ? null : new LineFault(LineCodes.LineInvalid, fault),
        };
    }

    private string Json(string[] cells)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < Math.Min(cells.Length, _columns.Length); i++)
            {
                if (i != _address && _columns[i].Length > 0)
                {
                    json.WriteString(_columns[i], cells[i]);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>"First name" becomes first_name, as it is written in the message.</summary>
    private static string FieldName(string heading)
    {
        var name = string.Concat(heading.Trim().Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        return name.Length > 0 && char.IsDigit(name[0]) ? "_" + name : name;
    }
}
