using System.Globalization;
using System.Text;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Pages.Mailings.New;

namespace Signify.Notifications.Web.Pages.Mailings;

/// <summary>The results of a mailing as CSV (RFC 4180) in which no cell is a formula.</summary>
public static class ResultsCsv
{
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<NotificationResult> results, CancellationToken ct)
    {
        // With a byte order mark: without it, Excel reads another encoding.
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(Line("Recipient", "Result", "Time (UTC)", "Server response").AsMemory(), ct);
        await foreach (var result in results.WithCancellation(ct))
        {
            var at = result.EndedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
            await writer.WriteAsync(Line(result.To, Word(result.State), at, result.Response ?? "").AsMemory(), ct);
        }

        await writer.FlushAsync(ct);
    }

    private static string Word(NotificationState state) => state switch
    {
        NotificationState.Sent => "sent",
        NotificationState.Failed => "failed",
        NotificationState.InDoubt => "unconfirmed",
        NotificationState.Cancelled => "canceled",
        NotificationState.Expired => "expired",
        _ => "not finished",
    };

    private static string Line(params IEnumerable<string> cells) => string.Join(',', cells.Select(RejectedCsv.Cell)) + "\r\n";
}
