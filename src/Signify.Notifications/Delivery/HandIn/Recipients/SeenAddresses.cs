using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>
/// Finds the recipients of a list whose address an earlier line has, whatever its case. Holds about 60 bytes for each address: a
/// digest, of which no two are the same by chance.
/// </summary>
internal sealed class SeenAddresses
{
    private readonly Dictionary<UInt128, (long Line, int Fields)> _lines = [];

    /// <returns>The line that had the address first, and whether its fields are others; null for a new address.</returns>
    public (long Line, bool Differs)? Find(string address, long line, string? fields)
    {
        var hash = fields?.GetHashCode(StringComparison.Ordinal) ?? 0;
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, Digest(address), out var exists);
        if (exists)
        {
            return (first.Line, first.Fields != hash);
        }

        first = (line, hash);
        return null;
    }

    private static UInt128 Digest(string address)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(address.ToLowerInvariant()), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
