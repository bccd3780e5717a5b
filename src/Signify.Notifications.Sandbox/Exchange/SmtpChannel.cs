using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>Lines in, lines out, in clear and then in TLS; nothing is buffered without bound.</summary>
internal sealed class SmtpChannel(ConnectionContext connection, TimeProvider time, TimeSpan idleTimeout, CancellationToken closed) : IAsyncDisposable
{
    // Room for an access token in one line; tokens of real tenants reach a dozen kilobytes.
    private const int LongestLine = 32 * 1024;

    private PipeReader _input = connection.Transport.Input;
    private PipeWriter _output = connection.Transport.Output;
    private SslStream? _tls;

    public bool IsEncrypted => _tls is not null;

    /// <summary>Cancelled when the connection or the server ends.</summary>
    public CancellationToken Closed => closed;

    public void Write(string line)
    {
        var count = Encoding.UTF8.GetByteCount(line);
        var memory = _output.GetSpan(count + 2);
        Encoding.UTF8.GetBytes(line, memory);
        "\r\n"u8.CopyTo(memory[count..]);
        _output.Advance(count + 2);
    }

    public async Task FlushAsync() => await WithinIdleTimeAsync(async ct => await _output.FlushAsync(ct));

    /// <summary>A last word, if the client still listens.</summary>
    public async Task SayLastAsync(string line)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        Write(line);
        await _output.FlushAsync(patience.Token);
    }

    public async Task<SmtpLine> ReadLineAsync()
    {
        while (true)
        {
            var result = await FillAsync();
            if (TryTakeLine(result.Buffer, out var line, out var end))
            {
                _input.AdvanceTo(end);
                return line;
            }

            if (result.IsCompleted || result.Buffer.Length > LongestLine)
            {
                _input.AdvanceTo(result.Buffer.End);
                return new SmtpLine(result.IsCompleted ? LineState.Closed : LineState.TooLong);
            }

            _input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>False when the client hung up in the middle.</summary>
    public async Task<bool> ReadBodyAsync(IBodyReader body)
    {
        while (true)
        {
            var result = await FillAsync();
            if (Feed(body, result.Buffer, out var consumed))
            {
                _input.AdvanceTo(consumed);
                return true;
            }

            _input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return false;
            }
        }
    }

    /// <summary>Says the line and turns to TLS.</summary>
    public async Task StartTlsAsync(string line, X509Certificate2 certificate)
    {
        // What came in clear behind STARTTLS is forgotten: it could have been slipped in by someone in between.
        if (_input.TryRead(out var leftover))
        {
            _input.AdvanceTo(leftover.Buffer.End);
        }

        Write(line);
        await FlushAsync();
        var tls = new SslStream(new DuplexStream(_input.AsStream(true), _output.AsStream(true)));
        _tls = tls;
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        await WithinIdleTimeAsync(async ct =>
        {
            await tls.AuthenticateAsServerAsync(options, ct);
            return true;
        });
        _input = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true));
        _output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>Says the line, waits for the TLS hello, and answers it with the fatal alert protocol_version (RFC 8446, 6.2).</summary>
    public async Task RefuseTlsAsync(string line)
    {
        Write(line);
        var hello = await FillAsync();
        _input.AdvanceTo(hello.Buffer.End);
        _output.Write((ReadOnlySpan<byte>)[0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);
        await FlushAsync();
    }

    public void Abort() => connection.Abort();

    public async ValueTask DisposeAsync()
    {
        if (_tls is not null)
        {
            await _tls.DisposeAsync();
        }
    }

    private static bool TryTakeLine(ReadOnlySequence<byte> buffer, out SmtpLine line, out SequencePosition end)
    {
        var reader = new SequenceReader<byte>(buffer);
        line = default;
        end = buffer.Start;
        if (!reader.TryReadTo(out ReadOnlySequence<byte> bytes, (byte)'\n'))
        {
            return false;
        }

        end = reader.Position;
        line = LineOf(bytes);
        return true;
    }

    private static SmtpLine LineOf(ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > LongestLine)
        {
            return new SmtpLine(LineState.TooLong);
        }

        var text = Encoding.UTF8.GetString(bytes);
        return text.EndsWith('\r') ? new SmtpLine(LineState.Complete, text[..^1]) : new SmtpLine(LineState.BareLineFeed);
    }

    private static bool Feed(IBodyReader body, ReadOnlySequence<byte> buffer, out SequencePosition consumed)
    {
        var total = 0L;
        foreach (var segment in buffer)
        {
            var ended = body.Feed(segment.Span, out var taken);
            total += taken;
            if (ended)
            {
                consumed = buffer.GetPosition(total);
                return true;
            }
        }

        consumed = buffer.End;
        return false;
    }

    // Replies to pipelined commands leave together, when there is nothing more to read.
    private async Task<ReadResult> FillAsync()
    {
        if (_input.TryRead(out var ready))
        {
            return ready;
        }

        await FlushAsync();
        return await WithinIdleTimeAsync(async ct => await _input.ReadAsync(ct));
    }

    private async Task<T> WithinIdleTimeAsync<T>(Func<CancellationToken, Task<T>> act)
    {
        using var idle = new CancellationTokenSource(idleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, closed);
        try
        {
            return await act(either.Token);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !closed.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
