using System.Buffers;
using System.Text;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending.Mime;

/// <summary>Header lines by RFC 5322 and 2047: folded, encoded where they must be, and never more lines than were meant.</summary>
internal static class MimeHeaders
{
    private const int LineLength = 76;

    // "=?utf-8?B?" and "?=" leave 63 of the 75 characters that an encoded word may have: 45 bytes.
    private const int WordFrame = 12;
    private const int WordBytes = 45;

    public static void WriteText(ArrayBufferWriter<byte> buffer, string name, string value)
    {
        var line = OnOneLine(value);
        buffer.Ascii(name);
        buffer.Ascii(": ");
        if (!IsPlain(line) || !TryFold(buffer, line, name.Length + 2))
        {
            WriteEncoded(buffer, line, name.Length + 2);
        }

        buffer.Ascii("\r\n");
    }

    public static void WriteAddress(ArrayBufferWriter<byte> buffer, string header, string? name, string address)
    {
        buffer.Ascii(header);
        buffer.Ascii(": ");
        WriteMailbox(buffer, name, address, header.Length + 2);
        buffer.Ascii("\r\n");
    }

    /// <summary>Writes nothing when there is no address in the list.</summary>
    public static void WriteList(ArrayBufferWriter<byte> buffer, string header, string? list)
    {
        var first = true;
        foreach (var mailbox in CcList.Read(list))
        {
            buffer.Ascii(first ? $"{header}: " : ",\r\n ");
            WriteMailbox(buffer, mailbox.Name, mailbox.Address, first ? header.Length + 2 : 1);
            first = false;
        }

        if (!first)
        {
            buffer.Ascii("\r\n");
        }
    }

    /// <summary>Control characters, and with them line ends, become blanks: a value can never begin another header.</summary>
    public static string OnOneLine(string value)
    {
        // NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR end a line for some readers.
        var line = value.AsSpan().ContainsAnyInRange('\0', '\u001f') || value.AsSpan().ContainsAnyInRange('\u007f', '\u009f') || value.AsSpan().ContainsAny('\u2028', '\u2029')
            ? string.Create(value.Length, value, static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
                }
            })
            : value;
        return line.Trim();
    }

    private static void WriteMailbox(ArrayBufferWriter<byte> buffer, string? name, string address, int column)
    {
        var bare = OnOneLine(address);
        var spec = Ascii.IsValid(bare) ? bare : EnvelopeAddress.TryRead(bare)?.ForWire() ?? bare;
        var shown = name is null ? "" : OnOneLine(name);
        if (shown.Length == 0)
        {
            buffer.Ascii(spec);
            return;
        }

        if (IsPlain(shown))
        {
            buffer.Ascii($"\"{shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
        else
        {
            WriteEncoded(buffer, shown, column);
        }

        buffer.Ascii("\r\n <");
        buffer.Ascii(spec);
        buffer.Ascii(">");
    }

    // What looks like an encoded word would be decoded.
    private static bool IsPlain(string value) => Ascii.IsValid(value) && !value.Contains("=?", StringComparison.Ordinal);

    /// <returns>False, with nothing written, when there is a word too long for a line.</returns>
    private static bool TryFold(ArrayBufferWriter<byte> buffer, string value, int column)
    {
        if (column + value.Length <= LineLength)
        {
            buffer.Ascii(value);
            return true;
        }

        var folded = new StringBuilder(value.Length + 64);
        var rest = value.AsSpan();
        for (var room = LineLength - column; rest.Length > room; room = LineLength)
        {
            // The blank begins the next line, so that taking the line ends away restores the value.
            var end = rest[..(room + 1)].LastIndexOf(' ');
            if (end <= 0 || rest[..end].IsWhiteSpace())
            {
                return false;
            }

            folded.Append(rest[..end]).Append("\r\n");
            rest = rest[end..];
        }

        buffer.Ascii(folded.Append(rest).ToString());
        return true;
    }

    // RFC 2047: a line with an encoded word has 76 characters at the most, its header's name among them.
    private static void WriteEncoded(ArrayBufferWriter<byte> buffer, string value, int column)
    {
        Span<byte> word = stackalloc byte[WordBytes];
        var rest = value.AsSpan();
        for (var first = true; first || !rest.IsEmpty; first = false)
        {
            // Always whole characters: a word is decoded on its own.
            var most = Math.Min(WordBytes, (LineLength - column - WordFrame) / 4 * 3);
            var used = 0;
            var length = 0;
            foreach (var rune in rest.EnumerateRunes())
            {
                if (length + rune.Utf8SequenceLength > most)
                {
                    break;
                }

                length += rune.EncodeToUtf8(word[length..]);
                used += rune.Utf16SequenceLength;
            }

            buffer.Ascii(first ? $"=?utf-8?B?{Convert.ToBase64String(word[..length])}?=" : $"\r\n =?utf-8?B?{Convert.ToBase64String(word[..length])}?=");
            rest = rest[used..];
            column = 1;
        }
    }
}
