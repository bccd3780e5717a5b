using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Signify.Notifications.Checks;

/// <summary>
/// A private key that a password protects (PKCS #8). Its author chose how many rounds turn the password into a key, and nothing cancels
/// them: the number is read before any is run. See RFC 8018 and, for the older schemes, RFC 7292, appendix B.
/// </summary>
internal static class EncryptedKey
{
    /// <summary>Some ten seconds of one processor. OpenSSL writes 2,048 rounds, .NET as many as its caller says.</summary>
    public const int MostRounds = 10_000_000;

    private const string Pbes2 = "1.2.840.113549.1.5.13";

    /// <summary>Up to so many rounds, some tenth of a second, any number of keys may be decrypted concurrently.</summary>
    public const int ConcurrentRounds = 100_000;

    private static readonly SemaphoreSlim Slow = new(1, 1);

    /// <returns>Null when <paramref name="der"/> is no encrypted key.</returns>
    public static BigInteger? Rounds(ReadOnlyMemory<byte> der)
    {
        try
        {
            var algorithm = new AsnReader(der, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            var scheme = algorithm.ReadObjectIdentifier();
            var parameters = algorithm.ReadSequence();
            if (scheme == Pbes2)
            {
                var derivation = parameters.ReadSequence();
                derivation.ReadObjectIdentifier();
                parameters = derivation.ReadSequence();
            }

            // The salt, which may name where it comes from instead.
            parameters.ReadEncodedValue();
            return parameters.ReadInteger();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>
    /// Decrypts a key. Of those with more than <see cref="ConcurrentRounds"/> one at a time in this process: the others are refused, as a
    /// caller that waited would occupy a thread for as long.
    /// </summary>
    /// <returns>Null when another slow key was being decrypted.</returns>
    /// <exception cref="CryptographicException">The password is wrong, or the content is no PKCS #8 key.</exception>
    public static Pkcs8PrivateKeyInfo? TryDecrypt(ReadOnlyMemory<byte> der, string password, BigInteger rounds)
    {
        var slow = rounds > ConcurrentRounds;
        if (slow && !Slow.Wait(0))
        {
            return null;
        }

        try
        {
            return Pkcs8PrivateKeyInfo.DecryptAndDecode(password, der, out _);
        }
        finally
        {
            if (slow)
            {
                Slow.Release();
            }
        }
    }
}
