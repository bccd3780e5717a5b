namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>The body after DATA. Only CRLF.CRLF ends it: LF.LF is content, else one message could smuggle in another.</summary>
internal sealed class DotUnstuffer(MessageBuffer message) : IBodyReader
{
    private Place _place = Place.LineStart;

    private enum Place
    {
        LineStart,
        Text,
        AfterCr,
        AfterDot,
        AfterDotCr,
    }

    public bool Feed(ReadOnlySpan<byte> bytes, out int consumed)
    {
        var from = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_place == Place.Text && SkipText(bytes, ref i))
            {
                break;
            }

            var next = Step(bytes[i]);
            if (next is null)
            {
                consumed = i + 1;
                return true;
            }

            from = Emit(bytes, from, i, next.Value);
            _place = next.Value;
        }

        message.Append(bytes[from..]);
        consumed = bytes.Length;
        return false;
    }

    // Inside a line nothing matters before the next CR or LF.
    private static bool SkipText(ReadOnlySpan<byte> bytes, ref int i)
    {
        var skip = bytes[i..].IndexOfAny((byte)'\r', (byte)'\n');
        i += Math.Max(skip, 0);
        return skip < 0;
    }

    // The dot that opens a line, and a CR after it, are held back until what follows shows what they were.
    private int Emit(ReadOnlySpan<byte> bytes, int from, int i, Place next)
    {
        if (next is Place.AfterDot or Place.AfterDotCr)
        {
            message.Append(bytes[from..i]);
            return i + 1;
        }

        if (_place == Place.AfterDotCr)
        {
            message.Append("\r"u8);
        }

        return from;
    }

    private Place? Step(byte b)
    {
        if (b == '\n')
        {
            message.BareLineFeed |= _place is not (Place.AfterCr or Place.AfterDotCr);
            return _place switch
            {
                Place.AfterDotCr => null,
                Place.AfterCr => Place.LineStart,
                _ => Place.Text,
            };
        }

        return (_place, b) switch
        {
            (Place.AfterDot, (byte)'\r') => Place.AfterDotCr,
            (_, (byte)'\r') => Place.AfterCr,
            (Place.LineStart, (byte)'.') => Place.AfterDot,
            _ => Place.Text,
        };
    }
}
