using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using MimeKit.Utils;
using Signify.Notifications.Delivery.Content;

namespace Signify.Notifications.Delivery.Sending.Mime;

/// <summary>
/// The messages of one mailing as bytes. What all of them share is made once, for one mailing under one revision of the settings;
/// what is each person's own is filled in. Safe for several threads.
/// </summary>
/// <remarks>
/// Every message says <c>Auto-Submitted: auto-generated</c> (RFC 3834), so that out-of-office replies and other robots do not
/// answer thousands of notifications.
/// </remarks>
public sealed class PreparedMailing
{
    // Neither quoted-printable nor base64 can hold these two characters in a row.
    private const string BoundaryMark = "=_";

    private readonly byte[] _head;
    private readonly byte[] _attachments;
    private readonly string _mixed = Boundary();
    private readonly string _alternative = Boundary();
    private readonly EncodedText _text = new("plain");
    private readonly EncodedText _html = new("html");

    /// <param name="from">The bare address.</param>
    /// <param name="date">The Date of every message of it.</param>
    public PreparedMailing(string from, string? fromName, DateTimeOffset date, IReadOnlyList<MailingAttachment> attachments)
    {
        var head = new ArrayBufferWriter<byte>(512);
        head.Ascii("Auto-Submitted: auto-generated\r\n");
        MimeHeaders.WriteAddress(head, "From", fromName, from);
        head.Ascii($"Date: {DateUtils.FormatDate(date)}\r\nMIME-Version: 1.0\r\n");
        _head = head.WrittenSpan.ToArray();
        _attachments = MimeAttachments.Encode(attachments, _mixed);
    }

    /// <summary>What it takes in memory.</summary>
    public long Bytes => _head.Length + _attachments.Length;

    /// <param name="messageIdSuffix">What follows the number in the Message-ID: the mailing's, fixed for ever.</param>
    /// <param name="to">The bare address.</param>
    /// <param name="cc">An address list in the form of RFC 5322.</param>
    /// <returns>Headers and body, all lines ending in CRLF and none longer than 998 bytes; 7-bit, but for an address with letters beyond ASCII before the @.</returns>
    public ReadOnlyMemory<byte> Compose(long notificationId, string messageIdSuffix, string to, string? toName, string? cc, RenderedContent content)
    {
        var message = new ArrayBufferWriter<byte>(Expected(content));
        message.Write(_head);
        MimeHeaders.WriteText(message, "Subject", content.Subject);
        MimeHeaders.WriteAddress(message, "To", toName, to);
        MimeHeaders.WriteList(message, "Cc", cc);
        message.Ascii($"Message-ID: <{MessageId(notificationId, messageIdSuffix)}>\r\n");
        if (_attachments.Length == 0)
        {
            WriteBody(message, content);
        }
        else
        {
            message.Ascii($"Content-Type: multipart/mixed; boundary=\"{_mixed}\"\r\n\r\n--{_mixed}\r\n");
            WriteBody(message, content);
            message.Write(_attachments);
        }

        return message.WrittenMemory;
    }

    /// <summary>Without the angle brackets.</summary>
    public static string MessageId(long notificationId, string messageIdSuffix) =>
        MimeHeaders.OnOneLine(notificationId.ToString(CultureInfo.InvariantCulture) + messageIdSuffix);

    private void WriteBody(ArrayBufferWriter<byte> message, RenderedContent content)
    {
        if (content is not { Text: { } text, Html: { } html })
        {
            WritePart(message, content);
            return;
        }

        message.Ascii($"Content-Type: multipart/alternative; boundary=\"{_alternative}\"\r\n\r\n--{_alternative}\r\n");
        _text.Write(message, text);
        message.Ascii($"--{_alternative}\r\n");
        // The richest last, as RFC 2046 has it.
        _html.Write(message, html);
        message.Ascii($"--{_alternative}--\r\n");
    }

    private void WritePart(ArrayBufferWriter<byte> message, RenderedContent content)
    {
        if (content.Html is { } html)
        {
            _html.Write(message, html);
        }
        else
        {
            _text.Write(message, content.Text ?? "");
        }
    }

    private int Expected(RenderedContent content) =>
        _head.Length + _attachments.Length + 1024 + (((content.Text?.Length ?? 0) + (content.Html?.Length ?? 0)) * 5 / 4);

    private static string Boundary() => BoundaryMark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
