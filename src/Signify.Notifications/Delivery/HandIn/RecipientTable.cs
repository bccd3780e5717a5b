using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Signify.Notifications.Delivery.HandIn.Recipients;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// A list of recipients as people have it: exported from a spreadsheet, copied from one, or plain addresses. Comma, semicolon,
/// tab or bar between the values; UTF-8, or what a byte order mark says. Read a line at a time, in constant memory.
/// A list without headings may have several addresses on a line: each of them is a recipient. In a table the only column
/// whose cells are addresses is the one to send to. No address is left out without a fault at its line.
/// </summary>
public sealed class RecipientTable : IDisposable
{
    private const int LongestLine = 64 * 1024;

    // Enough to see which column holds the addresses.
    private const int PreviewedRows = 100;

    private const string NotText = "This is not text in UTF-8. Save the list as “CSV UTF-8”.";

    private readonly ListText _text;
    private readonly List<TableRow> _preview = [];
    private string[] _columns = [];
    private TableReader? _table;
    private List<(long Number, string Text)>? _lines;
    private int _address;

    private RecipientTable(Stream stream) => _text = new ListText(stream, LongestLine);

    /// <summary>What the beginning of the list says; with a fault, <see cref="ReadAsync"/> gives nothing.</summary>
    public ListHead Head { get; private set; } = ListHead.None;

    public static Task<RecipientTable> OpenAsync(Stream stream, CancellationToken ct) => OpenAsync(stream, addressColumn: null, ct);

    /// <summary>Reads the headings and the first rows. The table closes the stream.</summary>
    /// <param name="addressColumn">The heading of the column to send to, where several hold addresses; otherwise ignored.</param>
    public static async Task<RecipientTable> OpenAsync(Stream stream, string? addressColumn, CancellationToken ct)
    {
        var table = new RecipientTable(stream);
        await table.BeginAsync(addressColumn, ct);
        return table;
    }

    /// <summary>Each with the number of its line, for <see cref="INotificationQueue"/>; once. A line at fault is given with it.</summary>
    public IAsyncEnumerable<NewRecipient> ReadAsync(CancellationToken ct) =>
        Head.Fault is not null ? AsyncEnumerable.Empty<NewRecipient>() : _table is null ? ReadLinesAsync(ct) : ReadRowsAsync(ct);

    public void Dispose()
    {
        _table?.Dispose();
        _text.Dispose();
    }

    /// <summary>"First name" becomes first_name, as it is written in the message.</summary>
    internal static string FieldName(string heading)
    {
        var name = string.Concat(heading.Trim().Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        return name.Length > 0 && char.IsDigit(name[0]) ? "_" + name : name;
    }

    private async Task BeginAsync(string? addressColumn, CancellationToken ct)
    {
        var (first, _) = await _text.FirstAsync(ct);
        if (first is null)
        {
            return;
        }

        if (first.Contains('\0', StringComparison.Ordinal) || first.StartsWith("PK\u0003\u0004", StringComparison.Ordinal))
        {
            Head = ListHead.None with { Fault = $"{NotText} A workbook such as .xlsx cannot be read." };
        }
        else if (first.Contains('@', StringComparison.Ordinal))
        {
            _lines = [(_text.Number, first)];
        }
        else if (TableReader.SeparatorOf(first, _text.Separator) is null)
        {
            await BeginColumnAsync(first, ct);
        }
        else
        {
            await BeginTableAsync(first, addressColumn, ct);
        }
    }

    /// <summary>A single column: a heading, then addresses.</summary>
    private async Task BeginColumnAsync(string first, CancellationToken ct)
    {
        var (heading, number) = (InvisibleCharacters.Trim(first).Trim('"'), _text.Number);
        var (next, _) = await _text.FirstAsync(ct);
        if (next?.Contains('@', StringComparison.Ordinal) != true && !(next is null && AddressColumn.IsKnown(heading)))
        {
            Head = ListHead.None with
            {
                Fault = "The first lines hold no address. Put one on each line, or name the columns in the first line.",
            };
            return;
        }

        // A domain is no heading: it is an address that lost its @, and is reported like one.
        var isHeading = !heading.Contains('.', StringComparison.Ordinal) || heading.Contains(' ', StringComparison.Ordinal);
        _lines = isHeading ? [] : [(number, first)];
        Head = isHeading ? new ListHead([], heading) { Headings = [heading] } : ListHead.None;
        if (next is not null)
        {
            _lines.Add((_text.Number, next));
        }
    }

    private async Task BeginTableAsync(string first, string? addressColumn, CancellationToken ct)
    {
        _table = new TableReader(_text.From(first), TableReader.SeparatorOf(first, _text.Separator)!.Value, LongestLine, _text.Number - 1);
        if (await _table.NextAsync(ct) is not { Cells: { } cells })
        {
            Head = ListHead.None with { Fault = "The first line cannot be read: perhaps a quotation mark is not closed." };
            return;
        }

        while (_preview.Count < PreviewedRows && _preview is not [.., { Cells: null }] && await _table.NextAsync(ct) is { } row)
        {
            _preview.Add(row);
        }

        var headings = cells.Select(c => InvisibleCharacters.Trim(c)).ToArray();
        var rows = _preview.Where(r => r is { Cells.Length: var count, Malformed: false } && count <= headings.Length)
            .Select(r => r.Cells!).ToList();
        var (address, choices) = AddressColumn.Find(headings, rows, addressColumn);
        (_columns, _address) = ([.. headings.Select(FieldName)], address);
        Head = HeadOf(headings, choices);
    }

    private ListHead HeadOf(string[] headings, IReadOnlyList<string> choices)
    {
        if (_address < 0)
        {
            var same = choices.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key;
            var fault = choices.Count == 0 ? "No column holds e-mail addresses."
                : same is not null ? $"Two columns with addresses are called {same}. Give each its own name."
                : $"Several columns hold addresses: {string.Join(", ", choices)}. Choose the one to send to.";
            return ListHead.None with { Fault = fault, Headings = headings, Choices = [.. choices.Distinct()] };
        }

        var fields = _columns.Where((c, i) => i != _address && c.Length > 0).ToList();
        return fields.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? ListHead.None with { Fault = $"Two columns are called {twice.Key}. Give each its own name." }
            : new ListHead(fields, headings[_address]) { Headings = headings, Choices = choices };
    }

    private async IAsyncEnumerable<NewRecipient> ReadLinesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var recipient in (_lines ?? []).SelectMany(l => Recipients(l.Number, l.Text)))
        {
            yield return recipient;
        }

        while (_lines is not null && await _text.NextAsync(ct) is { } line)
        {
            if (line.TooLong)
            {
                yield return TooLong(_text.Number);
                yield break;
            }

            foreach (var recipient in Recipients(_text.Number, line.Text))
            {
                yield return recipient;
            }
        }
    }

    private static IEnumerable<NewRecipient> Recipients(long number, string line)
    {
        if (AddressLine.IsBlank(line))
        {
            return [];
        }

        var (addresses, fault) = line.AsSpan().IndexOfAny('\uFFFD', '\0') >= 0 ? ([], NotText) : AddressLine.Split(line);
        return fault is null
            ? addresses.Select(address => new NewRecipient(number, address) { Row = [address] })
            : [new NewRecipient(number, null) { Row = [line], Fault = new LineFault(LineCodes.LineInvalid, fault) }];
    }

    private async IAsyncEnumerable<NewRecipient> ReadRowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var row in _preview)
        {
            if (Recipient(row) is { } recipient)
            {
                yield return recipient;
            }
        }

        if (_preview is [.., { Cells: null }])
        {
            yield break;
        }

        while (await _table!.NextAsync(ct) is { } row)
        {
            if (Recipient(row) is { } recipient)
            {
                yield return recipient;
            }

            if (row.Cells is null)
            {
                yield break;
            }
        }
    }

    /// <returns>Null for a row without any value, such as spreadsheets write after the last one.</returns>
    private NewRecipient? Recipient(in TableRow row)
    {
        if (row.Cells is null)
        {
            return TooLong(row.Number);
        }

        if (row.Cells.All(c => InvisibleCharacters.IsBlank(c)))
        {
            return null;
        }

        var cells = row.Fit(_columns.Length, _address, _table!.Separator);
        var fault = FaultOf(row, cells);
        return new NewRecipient(row.Number, _address < cells.Length ? cells[_address] : null)
        {
            Row = cells,
            Fields = Head.Columns.Count == 0 ? null : Json(cells),
            Fault = fault is null ? null : new LineFault(LineCodes.LineInvalid, fault),
        };
    }

    private string? FaultOf(in TableRow row, string[] cells)
    {
        if (row.Malformed && ReferenceEquals(cells, row.Cells))
        {
            return "A quotation mark stands where none belongs.";
        }

        if (cells.Any(c => c.AsSpan().IndexOfAny('\uFFFD', '\0') >= 0))
        {
            return NotText;
        }

        if (cells.Skip(_columns.Length).Any(c => !InvisibleCharacters.IsBlank(c)))
        {
            return $"It has {cells.Length} values for {_columns.Length} columns.";
        }

        return cells.Where((c, i) => i != _address && i < _columns.Length && _columns[i].Length == 0).Any(AddressColumn.HoldsAddress)
            ? "It has an address in a column without a name. Name the column, or delete the value."
            : null;
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

    private static NewRecipient TooLong(long number) => new(number, null)
    {
        Fault = new LineFault(
            LineCodes.LineTooLong,
            $"It is longer than {LongestLine / 1024} KB: perhaps a quotation mark is not closed. Nothing after it was read."),
    };
}
