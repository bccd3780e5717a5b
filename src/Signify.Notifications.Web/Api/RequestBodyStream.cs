namespace Signify.Notifications.Web.Api;

/// <summary>
/// A request's body as the program reads it. Whatever goes wrong while it is read is the caller's: Kestrel reports a chunk size over
/// 2 GB as an input/output error, which would be a 500. Skips a UTF-8 byte order mark, which .NET and PowerShell write before JSON.
/// </summary>
internal sealed class RequestBodyStream(Stream body, bool skipsMark) : Stream
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    // Of the first three bytes, those that are no mark.
    private readonly byte[] _first = new byte[3];
    private (int Start, int End) _unread;
    private bool _begun = !skipsMark;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="BadHttpRequestException">The body cannot be read as HTTP.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await ReadCheckedAsync(buffer, cancellationToken);
        }
        catch (IOException ex) when (ex is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body cannot be read.", StatusCodes.Status400BadRequest, ex);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadCheckedAsync(Memory<byte> buffer, CancellationToken ct)
    {
        // A read of no bytes waits for the first ones.
        if (buffer.IsEmpty || (_begun && _unread.Start == _unread.End))
        {
            return await body.ReadAsync(buffer, ct);
        }

        if (!_begun)
        {
            // It may come in pieces; a caller who is canceled here reads no further.
            _begun = true;
            _unread = (0, await body.ReadAtLeastAsync(_first, _first.Length, throwOnEndOfStream: false, ct));
            if (_first.AsSpan(0, _unread.End).SequenceEqual(Mark))
            {
                _unread = default;
                return await body.ReadAsync(buffer, ct);
            }
        }

        var count = Math.Min(buffer.Length, _unread.End - _unread.Start);
        _first.AsMemory(_unread.Start, count).CopyTo(buffer);
        _unread.Start += count;
        return count;
    }
}

internal static class RequestBodies
{
    /// <summary>Before everything that reads a body.</summary>
    public static void UseCheckedRequestBodies(this WebApplication app) => app.Use((context, next) =>
    {
        var isApi = Access.ApiProblems.IsApi(context);
        if (isApi || context.Request.ContentLength is null)
        {
            context.Request.Body = new RequestBodyStream(context.Request.Body, skipsMark: isApi);
        }

        return next(context);
    });
}
