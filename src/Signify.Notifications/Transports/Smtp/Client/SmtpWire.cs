using System.Buffers;
using System.Buffers.Text;
using System.Text;
using MailKit.Net.Smtp;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>
/// Commands out and replies in, on a connection that is open and signed in. What is said leaves in one piece when the replies are
/// wanted: every write is a packet, and on a kept connection packets are most of what a message costs.
/// </summary>
internal sealed class SmtpWire(Stream stream, SmtpTranscript transcript)
{
    /// <summary>So much of a message leaves at once at most: a slow line has the whole Timeout for every part of a large one.</summary>
    private const int PartBytes = 64 * 1024;

    private const int CodeLength = 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _unsent = new(8 * 1024);
    private byte[] _read = new byte[1024];
    private int _next;
    private int _end;

    public void Say(string command)
    {
        var length = Encoding.UTF8.GetByteCount(command) + 2;
        var line = _unsent.GetSpan(length);
        Encoding.UTF8.GetBytes(command, line);
        "\r\n"u8.CopyTo(line[(length - 2)..]);
        _unsent.Advance(length);
        transcript.Said(command);
    }

    /// <summary>
    /// All lines of a message, up to the dot behind them: one at the beginning of a line is doubled (RFC 5321, 4.5.2), behind a bare
    /// line feed too, which some servers take for the end of a line.
    /// </summary>
    /// <param name="partBegins">Called before each part that leaves.</param>
    public async Task SayContentAsync(ReadOnlyMemory<byte> content, Action partBegins, CancellationToken ct)
    {
        transcript.ContentBegins();
        partBegins();
        var lineBegins = true;
        for (var rest = content; !rest.IsEmpty;)
        {
            var length = Math.Min(rest.Length, PartBytes - _unsent.WrittenCount);
            Stuff(rest.Span[..length], lineBegins);
            lineBegins = rest.Span[length - 1] == '\n';
            rest = rest[length..];
            if (!rest.IsEmpty)
            {
                await FlushAsync(ct);
                partBegins();
            }
        }

        if (!content.Span.EndsWith("\r\n"u8))
        {
            _unsent.Write("\r\n"u8);
        }
    }

    /// <summary>What the server said unasked would be taken for the answer to what is said next.</summary>
    /// <exception cref="SmtpProtocolException">It has.</exception>
    public void DemandSilence()
    {
        if (_next == _end)
        {
            return;
        }

        transcript.NextReply();
        transcript.Heard(_read.AsSpan(_next, _end - _next));
        throw new SmtpProtocolException("The server spoke unasked.");
    }

    public void SayEndOfContent() => _unsent.Write(".\r\n"u8);

    public async ValueTask FlushAsync(CancellationToken ct)
    {
        if (_unsent.WrittenCount > 0)
        {
            await stream.WriteAsync(_unsent.WrittenMemory, ct);
            await stream.FlushAsync(ct);
            _unsent.ResetWrittenCount();
        }
    }

    /// <summary>The next reply, whole: the lines of one of several are joined by line feeds.</summary>
    /// <exception cref="SmtpProtocolException">It is no reply of SMTP.</exception>
    /// <exception cref="IOException">The link broke, or the server hung up.</exception>
    public async ValueTask<SmtpAnswer> HearAsync(CancellationToken ct)
    {
        transcript.NextReply();
        var (code, text) = (0, "");
        while (true)
        {
            var length = await LineAsync(ct);
            var line = _read.AsMemory(_next, length);
            _next += length;
            transcript.Heard(line.Span);
            var (here, more, words) = Parse(line.Span);
            if (code != 0 && here != code)
            {
                throw new SmtpProtocolException("The lines of one reply have different codes.");
            }

            text = code == 0 ? words : $"{text}\n{words}";
            code = here;
            if (!more)
            {
                return new SmtpAnswer(code, text);
            }
        }
    }

    private static (int Code, bool More, string Words) Parse(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n"u8);
        if (line.Length < CodeLength
            || !Utf8Parser.TryParse(line[..CodeLength], out int code, out var digits) || digits < CodeLength || code < 100
            || (line.Length > CodeLength && line[CodeLength] is not ((byte)' ' or (byte)'-')))
        {
            throw new SmtpProtocolException("The server's answer does not begin with a code.");
        }

        return line.Length == CodeLength ? (code, false, "") : (code, line[CodeLength] == '-', Decode(line[(CodeLength + 1)..]));
    }

    // Servers without UTF-8 are older than it, and speak Latin-1 if they speak at all.
    private static string Decode(ReadOnlySpan<byte> words)
    {
        try
        {
            return Strict.GetString(words);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(words);
        }
    }

    /// <returns>The length of the next line, with its end; it is in the buffer whole.</returns>
    private async ValueTask<int> LineAsync(CancellationToken ct)
    {
        var looked = 0;
        while (true)
        {
            var at = _read.AsSpan(_next + looked, _end - _next - looked).IndexOf((byte)'\n');
            if (at >= 0)
            {
                return looked + at + 1;
            }

            looked = _end - _next;
            MakeRoom();
            var read = await ReadAsync(ct);
            if (read == 0)
            {
                transcript.Heard(_read.AsSpan(_next, looked));
                throw new EndOfStreamException("The server hung up.");
            }

            _end += read;
        }
    }

    private async ValueTask<int> ReadAsync(CancellationToken ct)
    {
        try
        {
            return await stream.ReadAsync(_read.AsMemory(_end), ct);
        }
        catch
        {
            // What came until then is evidence.
            transcript.Heard(_read.AsSpan(_next, _end - _next));
            throw;
        }
    }

    private void MakeRoom()
    {
        if (_next > 0)
        {
            _read.AsSpan(_next, _end - _next).CopyTo(_read);
            (_next, _end) = (0, _end - _next);
        }

        if (_end == _read.Length)
        {
            Array.Resize(ref _read, _read.Length * 2);
        }
    }

    private void Stuff(ReadOnlySpan<byte> part, bool lineBegins)
    {
        if (lineBegins && part[0] == '.')
        {
            _unsent.Write("."u8);
        }

        for (int at; (at = part.IndexOf("\n."u8)) >= 0; part = part[(at + 1)..])
        {
            _unsent.Write(part[..(at + 1)]);
            _unsent.Write("."u8);
        }

        _unsent.Write(part);
    }
}

/// <param name="Text">Without the codes before its lines.</param>
internal readonly record struct SmtpAnswer(int Code, string Text)
{
    public bool Accepts => Code is >= 200 and < 300;
}
