using System.Globalization;
using System.Net.Security;
using System.Text;

namespace Signify.Notifications.Tests.Servers;

/// <summary>One connection to the scripted mail server.</summary>
internal sealed class SmtpSession(ScriptedSmtpServer server, SmtpScript script, Stream socket, CancellationToken stop) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[8192];
    private Stream _stream = socket;
    private (int Next, int End) _read;
    private bool _sender;
    private bool _recipient;

    private bool Encrypted => _stream is SslStream;

    public async Task RunAsync()
    {
        if (script.ImplicitTls)
        {
            await EncryptAsync();
        }

        await SayAsync(SmtpMoment.Greeting);
        while (true)
        {
            var ahead = _read.Next < _read.End;
            if (await ReadLineAsync() is not { } line)
            {
                return;
            }

            server.Note(new SmtpLine(line, Encrypted, ahead));
            if (!await HearAsync(line))
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    /// <returns>False when that was the last command.</returns>
    private async Task<bool> HearAsync(string line)
    {
        switch (line.Split(' ')[0].ToUpperInvariant())
        {
            case "EHLO" or "HELO":
                await SayAsync(Encrypted ? SmtpMoment.EhloTls : SmtpMoment.Ehlo);
                break;
            case "STARTTLS":
                await SayAsync(SmtpMoment.StartTls);
                if (script.Replies[SmtpMoment.StartTls].StartsWith('2'))
                {
                    await EncryptAsync();
                }

                break;
            case "AUTH":
                await AuthAsync(line.Split(' ', 3));
                break;
            case "MAIL":
                (_sender, _recipient) = (await TakesAsync(SmtpMoment.Mail), false);
                break;
            case "RCPT" when _sender:
                _recipient |= await TakesAsync(SmtpMoment.Rcpt);
                break;
            case "DATA" when _recipient || script.AsksForContentOfNobody:
                await ContentAsync();
                (_sender, _recipient) = (false, false);
                break;
            case "RCPT" or "DATA":
                await WriteAsync("503 5.5.1 Bad sequence of commands");
                break;
            case "BDAT":
                await ChunkAsync(line.Split(' '));
                break;
            case "RSET":
                (_sender, _recipient) = (false, false);
                await SayAsync(SmtpMoment.Rset);
                break;
            case "QUIT":
                await SayAsync(SmtpMoment.Quit);
                return false;
            default:
                await WriteAsync("500 5.3.3 Unrecognized command");
                break;
        }

        return true;
    }

    private async Task AuthAsync(string[] words)
    {
        var payload = words.Length > 2 ? words[2] : null;
        switch (words[1].ToUpperInvariant())
        {
            case "XOAUTH2":
                var fields = Decode(payload ?? await AskAsync("")).Split('\u0001');
                server.Note(new SmtpLogin("XOAUTH2", fields[0]["user=".Length..], fields[1]["auth=Bearer ".Length..], Encrypted));
                break;
            case "PLAIN":
                var parts = Decode(payload ?? await AskAsync("")).Split('\0');
                server.Note(new SmtpLogin("PLAIN", parts[1], parts[2], Encrypted));
                break;
            default:
                var user = Decode(payload ?? await AskAsync("VXNlcm5hbWU6"));
                server.Note(new SmtpLogin("LOGIN", user, Decode(await AskAsync("UGFzc3dvcmQ6")), Encrypted));
                break;
        }

        if (script.AuthChallenge is { } challenge)
        {
            await AskAsync(challenge);
        }

        await SayAsync(SmtpMoment.Auth);
    }

    private async Task ContentAsync()
    {
        if (!(await SayAsync(SmtpMoment.Data)).StartsWith('3'))
        {
            return;
        }

        if (script.Behaviours.ContainsKey(SmtpMoment.InContent))
        {
            await ReadLineAsync();
            await SayAsync(SmtpMoment.InContent);
        }

        var message = new StringBuilder();
        while (await ReadLineAsync() is var line and not ".")
        {
            // Without its end it is no message.
            _ = line ?? throw new EndOfStreamException();
            message.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        server.Note(message.ToString());
        await SayAsync(SmtpMoment.Content);
    }

    private async Task ChunkAsync(string[] words)
    {
        var message = new StringBuilder();
        for (var left = int.Parse(words[1], CultureInfo.InvariantCulture); left > 0; left--)
        {
            message.Append((char)(await ReadByteAsync() ?? throw new EndOfStreamException()));
        }

        server.Note(message.ToString());
        await SayAsync(SmtpMoment.Content);
    }

    private async Task<string> AskAsync(string challenge)
    {
        await WriteAsync($"334 {challenge}");
        return await ReadLineAsync() ?? throw new EndOfStreamException();
    }

    private async Task<bool> TakesAsync(SmtpMoment moment) => (await SayAsync(moment)).StartsWith('2');

    /// <returns>What was said, if it was said at all.</returns>
    private async Task<string> SayAsync(SmtpMoment moment)
    {
        var reply = Reply(moment);
        server.Raise(moment);
        await script.Holds.GetValueOrDefault(moment, Task.CompletedTask).WaitAsync(stop);
        switch (script.Behaviours.GetValueOrDefault(moment))
        {
            case SmtpBehaviour.Drop:
                throw new EndOfStreamException("As the script says.");
            case SmtpBehaviour.Stall:
                await StallAsync();
                break;
            case SmtpBehaviour.ByteByByte:
                foreach (var octet in Encoding.Latin1.GetBytes(script.Replies[moment] + "\r\n"))
                {
                    await _stream.WriteAsync(new[] { octet }, stop);
                    await _stream.FlushAsync(stop);
                }

                break;
            case SmtpBehaviour.HalfReply:
                await _stream.WriteAsync(Encoding.Latin1.GetBytes(script.Replies[moment]).AsMemory(0, 5), stop);
                await _stream.FlushAsync(stop);
                throw new EndOfStreamException("As the script says.");

            case SmtpBehaviour.EndlessLine:
                while (true)
                {
                    await _stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 4096)), stop);
                }

            case SmtpBehaviour.EndlessReply:
                while (true)
                {
                    await WriteAsync(reply[..3] + "-and there is more to say");
                }

            case SmtpBehaviour.Drip:
                foreach (var octet in Encoding.Latin1.GetBytes(reply + "\r\n"))
                {
                    await _stream.WriteAsync(new[] { octet }, stop);
                    await _stream.FlushAsync(stop);
                    await Task.Delay(TimeSpan.FromSeconds(1), stop);
                }

                break;
            case SmtpBehaviour.Garbage:
                await _stream.WriteAsync(new byte[] { 0x35, 0x33, 0x35, 0x20, 0xFF, 0xFE, 0xC3, 0x28, 0x00, 0xED, 0xA0, 0x80, 0x1B, 0x5B, 0x31, 0x6D, 0x0D, 0x0A }, stop);
                await _stream.FlushAsync(stop);
                break;
            default:
                await WriteAsync(reply);
                break;
        }

        return reply;
    }

    // There is none for moments at which the server only stops.
    private string Reply(SmtpMoment moment) => script.Instead(moment) ?? script.Replies.GetValueOrDefault(moment, "");

    private async Task StallAsync()
    {
        script.Stalled.TrySetResult();
        var never = new TaskCompletionSource();
        await never.Task.WaitAsync(stop);
    }

    private async Task EncryptAsync()
    {
        server.Raise(SmtpMoment.Handshake);
        switch (script.Behaviours.GetValueOrDefault(SmtpMoment.Handshake))
        {
            case SmtpBehaviour.Drop:
                throw new EndOfStreamException("As the script says.");
            case SmtpBehaviour.Stall:
                await StallAsync();
                break;
        }

        if (script.Replies.TryGetValue(SmtpMoment.Handshake, out var insteadOfTls))
        {
            await WriteAsync(insteadOfTls);
        }

        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = script.Certificate, EnabledSslProtocols = script.Protocols }, stop);
        _stream = tls;
    }

    private async Task WriteAsync(string reply)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), stop);
        await _stream.FlushAsync(stop);
    }

    /// <returns>Null when the client has hung up.</returns>
    private async Task<string?> ReadLineAsync()
    {
        var line = new List<byte>();
        while (await ReadByteAsync() is { } octet)
        {
            if (octet == '\n')
            {
                server.NoteLineEnd(bare: line.Count == 0 || line[^1] != '\r');
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(octet);
        }

        return null;
    }

    private async Task<byte?> ReadByteAsync()
    {
        if (_read.Next == _read.End)
        {
            _read = (0, await _stream.ReadAsync(_buffer, stop));
        }

        return _read.End == 0 ? null : _buffer[_read.Next++];
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
