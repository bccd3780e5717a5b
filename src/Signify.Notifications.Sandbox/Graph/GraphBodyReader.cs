using System.Text;
using System.Text.Json;
using MimeKit;

namespace Signify.Notifications.Sandbox.Graph;

/// <summary>Reads the body of sendMail: JSON, or a whole MIME message in base64.</summary>
internal static class GraphBodyReader
{
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Exactly one of the two is there.</summary>
    public static async Task<(MimeMessage? Message, GraphError? Error)> ReadAsync(HttpContext context, string mailbox, DateTimeOffset now)
    {
        if (await BytesAsync(context) is not { } bytes)
        {
            return (null, GraphError.TooLarge);
        }

        var isMime = context.Request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ?? false;
        return isMime ? FromMime(bytes) : FromJson(bytes, mailbox, now);
    }

    private static async Task<byte[]?> BytesAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = new MemoryStream();
        var part = new byte[81920];
        int read;
        while ((read = await context.Request.Body.ReadAsync(part, context.RequestAborted)) > 0)
        {
            buffer.Write(part, 0, read);
            if (buffer.Length > MaxBytes)
            {
                return null;
            }
        }

        return buffer.ToArray();
    }

    private static (MimeMessage? Message, GraphError? Error) FromMime(byte[] body)
    {
        var bytes = new byte[body.Length];
        if (body.Length == 0 || !Convert.TryFromBase64String(Encoding.ASCII.GetString(body), bytes, out var length))
        {
            return (null, GraphError.BadMime);
        }

        try
        {
            using var stream = new MemoryStream(bytes, 0, length, false);
            return (MimeMessage.Load(stream), null);
        }
        catch (FormatException)
        {
            return (null, GraphError.BadBody);
        }
    }

    private static (MimeMessage? Message, GraphError? Error) FromJson(byte[] body, string mailbox, DateTimeOffset now)
    {
        try
        {
            if (JsonSerializer.Deserialize<GraphSendMail>(body)?.Message is not { } message)
            {
                return (null, GraphError.BadBody);
            }

            return GraphMime.From(message, mailbox, now) is { } mime ? (mime, null) : (null, GraphError.BadRecipients);
        }
        catch (JsonException)
        {
            return (null, GraphError.BadBody);
        }
    }
}
