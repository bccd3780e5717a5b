using System.Net.Sockets;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>Ends a connection whose server talks without end: no reply of SMTP needs that many bytes.</summary>
internal sealed class BoundedStream(Socket socket, long limit) : NetworkStream(socket, ownsSocket: true)
{
    private long _read;

    /// <summary>Allows as much again, for the next command.</summary>
    public void Refill() => _read = 0;

    public override int Read(byte[] buffer, int offset, int count) => Count(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(base.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await base.ReadAsync(buffer, cancellationToken));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Count(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

    private int Count(int read)
    {
        _read += read;
        return _read <= limit ? read : throw new IOException("The server sent more than any reply needs.");
    }
}
