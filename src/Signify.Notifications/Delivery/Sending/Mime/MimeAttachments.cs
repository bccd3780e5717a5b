using System.Text;
using MimeKit;

namespace Signify.Notifications.Delivery.Sending.Mime;

/// <summary>The files of a mailing, encoded once for all its messages.</summary>
internal static class MimeAttachments
{
    /// <returns>Everything behind the body, to the closing boundary; empty when there are no files.</returns>
    public static byte[] Encode(IEnumerable<MailingAttachment> files, string boundary)
    {
        var attachments = files.OrderBy(a => a.Number).ToList();
        if (attachments.Count == 0)
        {
            return [];
        }

        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        using var all = new MemoryStream();
        foreach (var attachment in attachments)
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
            ? WithParameters(read)
            : new ContentType("application", "octet-stream");
        var name = MimeHeaders.OnOneLine(attachment.Name);
        type.Name = name;
        // The name is for programs that do not read the standard's form (RFC 2231), which Content-Disposition has.
        if (!Ascii.IsValid(name) && type.Parameters.TryGetValue("name", out Parameter? ofType))
        {
            ofType.EncodingMethod = ParameterEncodingMethod.Rfc2047;
        }

        var disposition = attachment.ContentId is null ? ContentDisposition.Attachment : ContentDisposition.Inline;
        var part = new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(attachment.Content, writable: false)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(disposition) { FileName = name },
        };
        if (attachment.ContentId is { } id)
        {
            part.Headers.Add("Content-ID", $"<{MimeHeaders.OnOneLine(id)}>");
        }

        return part;
    }

    /// <summary>
    /// With each parameter that the caller gave, such as <c>method</c> of an invitation. Not the name, which is the file's, and not
    /// a boundary, which a single file does not have.
    /// </summary>
    private static ContentType WithParameters(ContentType given)
    {
        var type = new ContentType(given.MediaType, given.MediaSubtype);
        foreach (var parameter in given.Parameters)
        {
            if (!parameter.Name.Equals("name", StringComparison.OrdinalIgnoreCase)
                && !parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase)
                && parameter.Value is { Length: > 0 } value)
            {
                type.Parameters.Add(parameter.Name, MimeHeaders.OnOneLine(value));
            }
        }

        return type;
    }
}
