using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Signify.Notifications.Delivery.Sending.Mime;

/// <summary>
/// A text part, in whichever transfer encoding fits: as it is, quoted-printable or base64. Of a text that comes again, as one without
/// merge fields does, the encoded form is kept.
/// </summary>
internal sealed class EncodedText(string subtype)
{
    private const int LongestLine = 998;
    private const int Base64LineBytes = 57;

    private static readonly SearchValues<char> SevenBit =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\t', '\r', '\n']);

    private volatile Seen? _last;

    public void Write(ArrayBufferWriter<byte> buffer, string text)
    {
        if (_last is not { } last || last.Text != text)
        {
            _last = new Seen(text, null);
            Encode(buffer, text);
            return;
        }

        if (last.Encoded is null)
        {
            var own = new ArrayBufferWriter<byte>(text.Length + 256);
            Encode(own, text);
            _last = last = new Seen(text, own.WrittenSpan.ToArray());
        }

        buffer.Write(last.Encoded);
    }

    private void Encode(ArrayBufferWriter<byte> buffer, string text)
    {
        buffer.Ascii($"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: ");
        if (!text.AsSpan().ContainsAnyExcept(SevenBit) && LinesFit(text))
        {
            buffer.Ascii("7bit\r\n\r\n");
            WriteLines(buffer, text);
            return;
        }

        // Base64 hides the line ends from all who would mend them on the way (RFC 2049 wants CRLF inside it, too).
        var lines = WithCrLf(text);
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(lines.Length));
        var bytes = utf8.AsSpan(0, Encoding.UTF8.GetBytes(lines, utf8));
        if (QuotedPrintable.Length(bytes) <= bytes.Length * 3 / 2)
        {
            buffer.Ascii("quoted-printable\r\n\r\n");
            QuotedPrintable.Write(buffer, bytes);
        }
        else
        {
            buffer.Ascii("base64\r\n\r\n");
            WriteBase64(buffer, bytes);
        }

        ArrayPool<byte>.Shared.Return(utf8);
    }

    private static bool LinesFit(ReadOnlySpan<char> text)
    {
        while (text.Length > LongestLine)
        {
            var end = text.IndexOfAny('\r', '\n');
            if (end is < 0 or > LongestLine)
            {
                return false;
            }

            text = text[(end + 1)..];
        }

        return true;
    }

    /// <summary>Each line with CRLF, whatever ended it before.</summary>
    private static void WriteLines(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny('\r', '\n');
            buffer.Ascii(end < 0 ? text : text[..end]);
            buffer.Ascii("\r\n");
            text = end < 0 ? [] : text[(end + (text[end..].StartsWith("\r\n") ? 2 : 1))..];
        }
    }

    // String.ReplaceLineEndings would take other characters for line ends, too.
    private static string WithCrLf(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    private static void WriteBase64(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var line = bytes[..Math.Min(Base64LineBytes, bytes.Length)];
            Base64.EncodeToUtf8(line, buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(line.Length)), out _, out var written);
            buffer.Advance(written);
            buffer.Ascii("\r\n");
            bytes = bytes[line.Length..];
        }
    }

    private sealed record Seen(string Text, byte[]? Encoded);
}
