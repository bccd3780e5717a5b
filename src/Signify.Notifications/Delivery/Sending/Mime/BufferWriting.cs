using System.Buffers;
using System.Text;

namespace Signify.Notifications.Delivery.Sending.Mime;

internal static class BufferWriting
{
    /// <summary>Writes text that is ASCII; of what is not, UTF-8.</summary>
    public static void Ascii(this ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> text)
    {
        var bytes = buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        buffer.Advance(Encoding.UTF8.GetBytes(text, bytes));
    }
}
