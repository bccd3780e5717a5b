using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Signify.Notifications.Benchmarks;

/// <summary>One connection of the sink: as little work as SMTP allows.</summary>
internal sealed class SinkSession(Stream stream, X509Certificate2 certificate, SinkWindow window, bool separate)
{
    private readonly byte[] _bytes = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _replies = new();
    private Stream _stream = stream;
    private int _length;
    private bool _content;
    private bool _over;

    public async Task RunAsync()
    {
        try
        {
            Reply("220 sink ESMTP");
            while (!_over)
            {
                await _stream.WriteAsync(_replies.WrittenMemory);
                _replies.ResetWrittenCount();
                var read = await _stream.ReadAsync(_bytes.AsMemory(_length));
                if (read == 0)
                {
                    break;
                }

                _length += read;
                await TakeAsync();
            }
        }
        catch (Exception ex) when (ex is IOException or AuthenticationException)
        {
            // The client hung up: the benchmark is over.
        }
        finally
        {
            await _stream.DisposeAsync();
        }
    }

    private async Task TakeAsync()
    {
        var from = 0;
        while (Next(_bytes.AsSpan(from, _length - from)) is { } used)
        {
            var line = _bytes.AsMemory(from, used);
            from += used;
            if (_content)
            {
                _content = false;
                Reply("250 2.0.0 Taken");
            }
            else if (Is(line, "STARTTLS"))
            {
                await SecureAsync();
                return;
            }
            else
            {
                Answer(line);
            }

            if (separate)
            {
                await _stream.WriteAsync(_replies.WrittenMemory);
                _replies.ResetWrittenCount();
            }
        }

        // Of content only its last bytes can matter still.
        from = _content ? Math.Max(from, _length - 4) : from;
        _bytes.AsSpan(from, _length - from).CopyTo(_bytes);
        _length -= from;
    }

    private int? Next(ReadOnlySpan<byte> bytes) => _content
        ? bytes.IndexOf("\r\n.\r\n"u8) is var dot and >= 0 ? dot + 5 : null
        : bytes.IndexOf("\r\n"u8) is var end and >= 0 ? end + 2 : null;

    private void Answer(ReadOnlyMemory<byte> line)
    {
        if (Is(line, "EHLO"))
        {
            Reply(_stream is SslStream ? "250-sink\r\n250 PIPELINING" : "250-sink\r\n250-STARTTLS\r\n250 PIPELINING");
        }
        else if (Is(line, "MAIL"))
        {
            Reply(window.TryTake() ? "250 2.1.0 Ok" : "432 4.3.2 Too fast");
        }
        else if (Is(line, "DATA"))
        {
            _content = true;
            Reply("354 Go on");
        }
        else
        {
            _over = Is(line, "QUIT");
            Reply("250 2.0.0 Ok");
        }
    }

    private async Task SecureAsync()
    {
        Reply("220 2.0.0 Go on");
        await _stream.WriteAsync(_replies.WrittenMemory);
        _replies.ResetWrittenCount();
        var tls = new SslStream(_stream);
        _stream = tls;
        _length = 0;
        await tls.AuthenticateAsServerAsync(certificate);
    }

    private void Reply(string text) => _replies.Write(Encoding.ASCII.GetBytes($"{text}\r\n"));

    private static bool Is(ReadOnlyMemory<byte> line, string command) => Ascii.EqualsIgnoreCase(line.Span[..Math.Min(command.Length, line.Length)], command);
}
