using MimeKit;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>A MIME message as the bytes that any mail server takes: 7-bit, lines ending in CRLF.</summary>
internal static class WireForm
{
    private static readonly FormatOptions Format = CrLf();

    public static async Task<OutgoingMail> OfAsync(MimeMessage message, CancellationToken ct)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        await message.WriteToAsync(Format, bytes, ct);
        return new OutgoingMail(message.From.Mailboxes.First().Address, [.. message.GetRecipients().Select(r => r.Address)], bytes.ToArray(), () => true);
    }

    private static FormatOptions CrLf()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.HiddenHeaders.Add(HeaderId.Bcc);
        return format;
    }
}
