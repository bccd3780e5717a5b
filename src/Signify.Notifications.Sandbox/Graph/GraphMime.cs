using MimeKit;
using MimeKit.Utils;

namespace Signify.Notifications.Sandbox.Graph;

/// <summary>Makes a message of Graph's JSON, as Exchange would.</summary>
internal static class GraphMime
{
    /// <summary>Null when an address or a header cannot be one.</summary>
    public static MimeMessage? From(GraphMessage message, string mailbox, DateTimeOffset now)
    {
        var mime = new MimeMessage { Subject = message.Subject ?? "", Date = now, MessageId = $"{Guid.NewGuid()}@sandbox" };
        if (message.InternetMessageId is { } id && MimeUtils.ParseMessageId(id) is { } parsed)
        {
            mime.MessageId = parsed;
        }

        var from = message.From ?? new GraphRecipient(new GraphAddress(null, mailbox));
        if (!Fill(mime.From, [from]) || !Fill(mime.To, message.To) || !Fill(mime.Cc, message.Cc)
            || !Fill(mime.Bcc, message.Bcc) || !Fill(mime.ReplyTo, message.ReplyTo) || !AddHeaders(mime, message.Headers))
        {
            return null;
        }

        mime.Body = BodyOf(message);
        return mime;
    }

    private static bool Fill(InternetAddressList list, IReadOnlyList<GraphRecipient?>? recipients)
    {
        foreach (var recipient in recipients ?? [])
        {
            if (recipient?.EmailAddress?.Address is not { } address
                || !MailboxAddress.TryParse(address, out var parsed) || !parsed.Address.Contains('@', StringComparison.Ordinal))
            {
                return false;
            }

            list.Add(new MailboxAddress(recipient.EmailAddress.Name, parsed.Address));
        }

        return true;
    }

    // Graph takes custom headers only.
    private static bool AddHeaders(MimeMessage mime, IReadOnlyList<GraphHeader?>? headers)
    {
        foreach (var header in headers ?? [])
        {
            if (header?.Name is null || !header.Name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
                || !header.Name.All(c => c is > ' ' and < (char)127 and not ':'))
            {
                return false;
            }

            mime.Headers.Add(header.Name, header.Value ?? "");
        }

        return true;
    }

    private static MimeEntity BodyOf(GraphMessage message)
    {
        var html = string.Equals(message.Body?.ContentType, "html", StringComparison.OrdinalIgnoreCase);
        var builder = new BodyBuilder();
        builder.HtmlBody = html ? message.Body?.Content ?? "" : null;
        builder.TextBody = html ? null : message.Body?.Content ?? "";
        foreach (var attachment in message.Attachments?.OfType<GraphAttachment>() ?? [])
        {
            var type = ContentType.TryParse(attachment.ContentType ?? "", out var parsed) ? parsed : new ContentType("application", "octet-stream");
            var into = attachment.IsInline ? builder.LinkedResources : builder.Attachments;
            var added = into.Add(attachment.Name ?? "attachment", attachment.ContentBytes ?? [], type);
            added.ContentId = attachment.ContentId ?? added.ContentId;
        }

        return builder.ToMessageBody();
    }
}
