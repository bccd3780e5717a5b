using System.Buffers;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>A message in the making, up to a size; what is over is counted and let go.</summary>
internal sealed class MessageBuffer(int limit)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public bool TooLarge { get; private set; }

    /// <summary>A LF without CR was sent where that is not allowed.</summary>
    public bool BareLineFeed { get; set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.WrittenCount + bytes.Length > limit)
        {
            TooLarge = true;
            return;
        }

        _bytes.Write(bytes);
    }

    public ReadOnlyMemory<byte> ToMemory() => _bytes.WrittenSpan.ToArray();
}
