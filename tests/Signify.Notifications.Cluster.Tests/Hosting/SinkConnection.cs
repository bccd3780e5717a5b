using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>One connection to the sink: from whom, since when, until when.</summary>
internal sealed class SinkConnection(Sink sink, int id, IPEndPoint from)
{
    public int Id => id;

    /// <summary>The sender's end, by which its process can be found.</summary>
    public IPEndPoint From => from;

    /// <summary>Whose mail it carries; null before the first.</summary>
    public string? Mailbox { get; private set; }

    public DateTimeOffset OpenedAt { get; } = TimeProvider.System.GetUtcNow();

    public DateTimeOffset? ClosedAt { get; private set; }

    public async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            await using var writer = new StreamWriter(stream, System.Text.Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink ESMTP");
            while (await reader.ReadLineAsync(stop) is { } line && await HearAsync(line, reader, writer, stop))
            {
            }
        }
        catch (Exception ex) when (ex is IOException or OperationCanceledException or SocketException)
        {
            // The sender was killed, or the test is over.
        }
        finally
        {
            ClosedAt = TimeProvider.System.GetUtcNow();
        }
    }

    private async Task<bool> HearAsync(string line, StreamReader reader, StreamWriter writer, CancellationToken stop)
    {
        switch (line.Split(' ')[0].ToUpperInvariant())
        {
            case "EHLO" or "HELO":
                await writer.WriteLineAsync("250-sink\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SMTPUTF8");
                return true;
            case "MAIL":
                Mailbox = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                await writer.WriteLineAsync("250 2.1.0 Ok");
                return true;
            case "DATA":
                await writer.WriteLineAsync("354 Go on");
                await TakeAsync(reader, stop);
                // As a real server does: for so long it has the message and the sender does not know.
                await Task.Delay(Sink.Thinking, stop);
                await writer.WriteLineAsync("250 2.0.0 Taken");
                return true;
            case "QUIT":
                await writer.WriteLineAsync("221 2.0.0 Bye");
                return false;
            default:
                await writer.WriteLineAsync("250 2.0.0 Ok");
                return true;
        }
    }

    private async Task TakeAsync(StreamReader reader, CancellationToken stop)
    {
        var messageId = "";
        while (await reader.ReadLineAsync(stop) is var line and not ".")
        {
            // Without its end it is no message.
            _ = line ?? throw new EndOfStreamException();
            messageId = line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase) ? line["Message-ID:".Length..].Trim() : messageId;
        }

        sink.Add(new Arrival(TimeProvider.System.GetUtcNow(), Mailbox!, messageId, id));
    }
}
