using System.Buffers;

namespace Signify.Notifications.Delivery.Sending.Mime;

/// <summary>Quoted-printable by RFC 2045: lines of 76 at the most, line ends normalised to CRLF.</summary>
internal static class QuotedPrintable
{
    // One less than the limit: the = of a soft line end has its place, too.
    private const int Room = 75;

    private static readonly SearchValues<byte> Literal =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Where(c => c != '=').Select(c => (byte)c)]);

    private static readonly SearchValues<byte> Cheap =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => c != '=').Select(c => (byte)c), (byte)'\t', (byte)'\r', (byte)'\n']);

    /// <summary>About how long it becomes; without soft line ends.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        for (var at = text.IndexOfAnyExcept(Cheap); at >= 0; at = text.IndexOfAnyExcept(Cheap))
        {
            length += 2;
            text = text[(at + 1)..];
        }

        return length;
    }

    /// <summary>Ends with a line end.</summary>
    public static void Write(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> text)
    {
        var column = 0;
        while (!text.IsEmpty)
        {
            if (text[0] is (byte)'\r' or (byte)'\n')
            {
                buffer.Write("\r\n"u8);
                text = text[(text.StartsWith("\r\n"u8) ? 2 : 1)..];
                column = 0;
                continue;
            }

            var run = text.IndexOfAnyExcept(Literal);
            var length = run switch { < 0 => text.Length, 0 => 0, _ => run };
            if (length > 0)
            {
                WriteRun(buffer, text[..length], ref column);
                text = text[length..];
                continue;
            }

            WriteSpecial(buffer, text, ref column);
            text = text[1..];
        }

        if (column > 0)
        {
            buffer.Write("\r\n"u8);
        }
    }

    private static void WriteRun(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> run, ref int column)
    {
        while (!run.IsEmpty)
        {
            Break(buffer, 1, ref column);
            var part = run[..Math.Min(Room - column, run.Length)];
            buffer.Write(part);
            column += part.Length;
            run = run[part.Length..];
        }
    }

    // A blank at the end of a line gets lost on the way, so there it is spelled out.
    private static void WriteSpecial(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> text, ref int column)
    {
        if (text[0] is (byte)' ' or (byte)'\t' && text.Length > 1 && text[1] is not ((byte)'\r' or (byte)'\n'))
        {
            Break(buffer, 1, ref column);
            buffer.Write(text[..1]);
            column++;
            return;
        }

        Break(buffer, 3, ref column);
        buffer.Write([(byte)'=', Hex(text[0] >> 4), Hex(text[0] & 15)]);
        column += 3;
    }

    private static void Break(ArrayBufferWriter<byte> buffer, int needed, ref int column)
    {
        if (column + needed > Room)
        {
            buffer.Write("=\r\n"u8);
            column = 0;
        }
    }

    private static byte Hex(int digit) => (byte)"0123456789ABCDEF"[digit];
}
