using System.Text;
using MimeKit;

namespace Signify.Notifications.Delivery.Sending.Mime;

/// <summary>The files of a mailing, encoded once for all its messages.</summary>
internal static class MimeAttachments
{
    /// <returns>Everything behind the body, to the closing boundary; empty when there are no files.</returns>
    public static byte[] Encode(IReadOnlyList<MailingAttachment> attachments, string boundary)
    {
        if (attachments.Count == 0)
        {
            return [];
        }

        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        using var all = new MemoryStream();
        foreach (var attachment in attachments.OrderBy(a => a.Number))
        {
            all.Write(Encoding.ASCII.GetBytes($"--{boundary}\r\n"));
            using var part = Part(attachment);
            part.WriteTo(format, all, CancellationToken.None);
        }

        all.Write(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return all.ToArray();
    }

    private static MimePart Part(MailingAttachment attachment)
    {
        // A message or a multipart may not be base64 (RFC 2046): sent as what it is, bytes.
        var type = ContentType.TryParse(MimeHeaders.OnOneLine(attachment.ContentType), out var read) && read.MediaType is not ("message" or "multipart")
            ? new ContentType(read.MediaType, read.MediaSubtype) { Charset = read.Charset }
            : new ContentType("application", "octet-stream");
        var name = MimeHeaders.OnOneLine(attachment.Name);
        type.Name = name;
        return new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(attachment.Content, writable: false)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = name },
        };
    }
}
