using System.Net.Sockets;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>
/// The socket of a connection. Ends it when the server talks without end: no reply of SMTP needs that many bytes. Acknowledges each part
/// of a reply that comes in parts immediately.
/// </summary>
/// <param name="acknowledge">Sends the acknowledgment that the kernel may be delaying.</param>
internal sealed class BoundedStream(Socket socket, long limit, Action<Socket> acknowledge) : NetworkStream(socket, ownsSocket: true)
{
    private long _read;
    private bool _hasReadSinceWrite;

    public BoundedStream(Socket socket, long limit)
        : this(socket, limit, QuickAcknowledgment.Send)
    {
    }

    /// <summary>Allows as much again, for the next command.</summary>
    public void Refill() => _read = 0;

    public override int Read(byte[] buffer, int offset, int count)
    {
        BeforeRead();
        return Count(base.Read(buffer, offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        BeforeRead();
        return Count(base.Read(buffer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        BeforeRead();
        return Count(await base.ReadAsync(buffer, cancellationToken));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        _hasReadSinceWrite = false;
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hasReadSinceWrite = false;
        base.Write(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hasReadSinceWrite = false;
        return base.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A second read in a row waits for the rest of a reply. With Nagle's algorithm on, the server holds the rest back until what came
    // is acknowledged, and our kernel delays that in the hope of data to send along.
    private void BeforeRead()
    {
        if (_hasReadSinceWrite)
        {
            acknowledge(Socket);
        }

        _hasReadSinceWrite = true;
    }

    private int Count(int read)
    {
        _read += read;
        return _read <= limit ? read : throw new IOException("The server sent more than any reply needs.");
    }
}
