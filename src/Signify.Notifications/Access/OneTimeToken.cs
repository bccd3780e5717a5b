using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signify.Notifications.Access;

/// <summary>Texts of 32 random bytes that are handed out once, and the hash that is kept of them. So much chance needs no slow hash.</summary>
public static class OneTimeToken
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static bool Matches(string? token, ReadOnlySpan<byte> hash) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Hash(token), hash);
}
