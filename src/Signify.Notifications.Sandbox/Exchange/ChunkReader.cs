namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>One BDAT chunk: so many bytes, whatever they are.</summary>
internal sealed class ChunkReader(MessageBuffer message, long length) : IBodyReader
{
    private long _left = length;

    public bool Feed(ReadOnlySpan<byte> bytes, out int consumed)
    {
        consumed = (int)Math.Min(_left, bytes.Length);
        message.Append(bytes[..consumed]);
        _left -= consumed;
        return _left == 0;
    }
}
