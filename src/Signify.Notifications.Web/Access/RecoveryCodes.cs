using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// A user's recovery codes as they are stored: each as PBKDF2 with HMAC-SHA-512 under one random salt for the set, so that
/// entering one costs one derivation. A code has 47 random bits, too few for a fast hash (OWASP ASVS 5.0, 6.5.2).
/// </summary>
internal sealed record RecoveryCodes(int Iterations, byte[] Salt, IReadOnlyList<byte[]> Hashes)
{
    private const string Format = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static RecoveryCodes Create(IEnumerable<string> codes, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new RecoveryCodes(iterations, salt, [.. codes.Select(code => Derive(code, salt, iterations))]);
    }

    /// <summary>Null for what an earlier version stored: the codes themselves.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static RecoveryCodes? Parse(string stored) =>
        stored.Split(';') is [Format, var iterations, var salt, .. var hashes]
            ? new RecoveryCodes(
                int.Parse(iterations, CultureInfo.InvariantCulture),
                Convert.FromBase64String(salt),
                [.. hashes.Select(Convert.FromBase64String)])
            : null;

    /// <returns>Those that are left; null when the code is none of them.</returns>
    public RecoveryCodes? Redeem(string code)
    {
        var hash = Derive(code, Salt, Iterations);
        var left = Hashes.Where(h => !CryptographicOperations.FixedTimeEquals(h, hash)).ToList();
        return left.Count < Hashes.Count ? this with { Hashes = left } : null;
    }

    public override string ToString() => string.Join(
        ';',
        [Format, Iterations.ToString(CultureInfo.InvariantCulture), Convert.ToBase64String(Salt), .. Hashes.Select(Convert.ToBase64String)]);

    private static byte[] Derive(string code, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
