using System.Security.Cryptography;
using System.Text;

namespace Signify.Notifications.Web.Api;

/// <summary>A request's body, whose SHA-256 (with the call's path before it) is known once it was read to its end.</summary>
internal sealed class HandInBytes : Stream
{
    private readonly Stream _body;
    private readonly TimeSpan _idle;
    private readonly IncrementalHash? _hash;
    private byte[]? _finished;

    /// <param name="hashes">False when nobody will ask for the hash.</param>
    /// <param name="idle">How long the caller may stay silent; a connection that is gone without a word would else stay for ever.</param>
    public HandInBytes(HttpRequest request, bool hashes, TimeSpan idle)
    {
        (_body, _idle) = (request.Body, idle);
        if (hashes)
        {
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path.Value?.ToLowerInvariant().TrimEnd('/')}\n"));
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public byte[] Hash() => _finished ??= _hash?.GetHashAndReset() ?? throw new InvalidOperationException("Nobody said that the hash would be asked for.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await ReadInTimeAsync(buffer, cancellationToken);
        _hash?.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken ct)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(ct);
        idle.CancelAfter(_idle);
        try
        {
            return await _body.ReadAsync(buffer, idle.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new BadHttpRequestException("Nothing more of the body came in time.", StatusCodes.Status408RequestTimeout);
        }
    }
}
