using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;

namespace Signify.Notifications.Transports.Graph;

/// <summary>A message as <c>sendMail</c> takes it, MIME in base64: encoded piece by piece on its way out, never whole in memory.</summary>
internal sealed class Base64Content : HttpContent
{
    // A multiple of 3, so that only the last piece is padded.
    private const int PieceBytes = 24 * 1024;

    private readonly ReadOnlyMemory<byte> _mime;
    private readonly Action _beforeEnd;

    /// <param name="beforeEnd">Called before the last piece: until then Graph has no whole request, and does nothing.</param>
    public Base64Content(ReadOnlyMemory<byte> mime, Action beforeEnd)
    {
        (_mime, _beforeEnd) = (mime, beforeEnd);
        Headers.ContentType = new MediaTypeHeaderValue("text/plain");
    }

    /// <summary>Some of it has gone out, so that there was a connection.</summary>
    public bool Begun { get; private set; }

    /// <summary>Of the request's body, in bytes.</summary>
    public static long LengthOf(int mimeBytes) => ((long)mimeBytes + 2) / 3 * 4;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begun = true;
        var buffer = ArrayPool<byte>.Shared.Rent((int)LengthOf(PieceBytes));
        try
        {
            for (var rest = _mime; ;)
            {
                var piece = rest[..Math.Min(PieceBytes, rest.Length)];
                rest = rest[piece.Length..];
                if (rest.IsEmpty)
                {
                    _beforeEnd();
                }

                Base64.EncodeToUtf8(piece.Span, buffer, out _, out var written, isFinalBlock: rest.IsEmpty);
                await stream.WriteAsync(buffer.AsMemory(0, written), cancellationToken);
                if (rest.IsEmpty)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = LengthOf(_mime.Length);
        return true;
    }
}
