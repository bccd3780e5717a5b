using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>The authenticator app: RFC 6238 with SHA-1, six digits, thirty seconds.</summary>
internal static class Totp
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly ConcurrentDictionary<string, long> Used = new();

    /// <summary>A code that was not used yet, now or as soon as there is one: each is good once, from one step before its own to one after.</summary>
    public static async Task<string> NextAsync(string key)
    {
        // Not one step back, which may be two before it arrives.
        var step = Used.AddOrUpdate(key, _ => Step(), (_, last) => Math.Max(last + 1, Step()));
        while (step > Step() + 1)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        return Code(key, DateTimeOffset.FromUnixTimeSeconds(step * 30));

        static long Step() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;
    }

    public static string Code(string key, DateTimeOffset at)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // RFC 6238 as authenticator apps speak it.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string key)
    {
        var bits = string.Concat(key.Replace(" ", "", StringComparison.Ordinal).Select(c => Convert.ToString(Base32.IndexOf(c, StringComparison.OrdinalIgnoreCase), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
