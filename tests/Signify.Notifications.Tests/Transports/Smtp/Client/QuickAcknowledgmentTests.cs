using System.Net;
using System.Net.Sockets;
using Signify.Notifications.Transports.Smtp.Client;

namespace Signify.Notifications.Tests.Transports.Smtp.Client;

public sealed class QuickAcknowledgmentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_in_parts_is_acknowledged_before_each_wait_for_the_next_part()
    {
        using var pair = await Pair.ConnectAsync();
        var buffer = new byte[256];

        await pair.Client.WriteAsync("MAIL\r\nRCPT\r\nDATA\r\n"u8.ToArray(), Ct);
        foreach (var reply in (string[])["250 one\r\n", "250 two\r\n", "354 three\r\n"])
        {
            await pair.Server.WriteAsync(System.Text.Encoding.ASCII.GetBytes(reply), Ct);
            await pair.Client.ReadExactlyAsync(buffer.AsMemory(0, reply.Length), Ct);
        }

        Assert.Equal(2, pair.Acknowledgments);
    }

    [Fact]
    public async Task A_reply_in_one_part_costs_no_system_call()
    {
        using var pair = await Pair.ConnectAsync();
        var buffer = new byte[256];

        for (var message = 0; message < 3; message++)
        {
            await pair.Client.WriteAsync("MAIL\r\nRCPT\r\nDATA\r\n"u8.ToArray(), Ct);
            await pair.Server.WriteAsync("250 one\r\n250 two\r\n354 three\r\n"u8.ToArray(), Ct);
            await pair.Client.ReadAtLeastAsync(buffer, 1, cancellationToken: Ct);
        }

        Assert.Equal(0, pair.Acknowledgments);
    }

    [Fact]
    public async Task Linux_takes_the_option()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TCP_QUICKACK is Linux's.");
        using var pair = await Pair.ConnectAsync();
        var value = new byte[sizeof(int)];

        await pair.Server.WriteAsync("250 one\r\n"u8.ToArray(), Ct);
        await pair.Client.ReadAtLeastAsync(new byte[16], 1, cancellationToken: Ct);
        QuickAcknowledgment.Send(pair.Socket);
        pair.Socket.GetRawSocketOption(6, 12, value);

        Assert.Equal(1, BitConverter.ToInt32(value));
    }

    private sealed class Pair(Socket socket, Socket server) : IDisposable
    {
        private BoundedStream? _client;

        public int Acknowledgments { get; private set; }

        public Socket Socket => socket;

        public BoundedStream Client => _client ??= new BoundedStream(socket, 4096, _ => Acknowledgments++);

        public NetworkStream Server { get; } = new(server, ownsSocket: true);

        public static async Task<Pair> ConnectAsync()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(listener.LocalEndpoint, Ct);
            return new Pair(client, await listener.AcceptSocketAsync(Ct));
        }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
