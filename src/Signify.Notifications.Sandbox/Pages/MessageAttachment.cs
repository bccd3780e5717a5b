using MimeKit;

namespace Signify.Notifications.Sandbox.Pages;

public sealed record MessageAttachment(string Name, string ContentType, long Bytes)
{
    internal static MessageAttachment Of(MimeEntity entity)
    {
        using var decoded = new MemoryStream();
        switch (entity)
        {
            case MimePart { Content: { } content }:
                content.DecodeTo(decoded);
                break;
            case MessagePart { Message: { } message }:
                message.WriteTo(decoded);
                break;
        }

        return new MessageAttachment(
            entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? "unnamed", entity.ContentType.MimeType, decoded.Length);
    }
}
