using System.Globalization;
using System.Text;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.New;

/// <summary>Rows that are left out, with their line and the reason, as CSV (RFC 4180) in which no cell is a formula.</summary>
public static class RejectedCsv
{
    // What makes a cell a formula in Excel, LibreOffice or Google Sheets, also behind blanks.
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    public static async Task WriteAsync(Stream stream, ListHead head, IAsyncEnumerable<RejectedRow> rows, CancellationToken ct)
    {
        // With a byte order mark: without it, Excel reads another encoding.
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(Line(["Line", "Reason", .. head.Headings.DefaultIfEmpty("Row")]).AsMemory(), ct);
        await foreach (var row in rows.WithCancellation(ct))
        {
            var line = row.Reason.Line.ToString(CultureInfo.InvariantCulture);
            await writer.WriteAsync(Line([line, CheckModel.Reason(row.Reason), .. row.Cells]).AsMemory(), ct);
        }

        await writer.FlushAsync(ct);
    }

    /// <summary>Always quoted; an apostrophe before what would be a formula.</summary>
    public static string Cell(string value)
    {
        var trimmed = value.AsSpan().TrimStart(" \u00A0\u200B\uFEFF");
        var formula = trimmed.Length > 0 && FormulaStarts.Contains(trimmed[0], StringComparison.Ordinal);
        return $"\"{(formula ? "'" : "")}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Line(IReadOnlyList<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";
}
