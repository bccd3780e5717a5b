using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Signify.Notifications.Settings;

/// <summary>Closes and opens secrets. A ciphertext opens only in the ruleset and the field it was made for.</summary>
public sealed class SecretProtector(IDataProtectionProvider protection, TimeProvider time)
{
    // Slow on purpose: a copy of the database must not be a quick test for guessed passwords.
    private const int FingerprintIterations = 50_000;

    public StoredSecret Close(SecretText secret, Guid rulesetId, string field, string by) => new()
    {
        Ciphertext = Protector(rulesetId, field).Protect(secret.Reveal()),
        Fingerprint = Fingerprint(secret, rulesetId, field),
        SetAt = time.GetUtcNow(),
        SetBy = by,
    };

    /// <summary>Null when the key ring that closed it is lost or another one.</summary>
    public SecretText? TryOpen(StoredSecret? stored, Guid rulesetId, string field)
    {
        if (stored is null)
        {
            return null;
        }

        try
        {
            return new SecretText(Protector(rulesetId, field).Unprotect(stored.Ciphertext));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(Guid rulesetId, string field) =>
        protection.CreateProtector("Signify.Notifications.Settings", rulesetId.ToString("N"), field);

    private static string Fingerprint(SecretText secret, Guid rulesetId, string field)
    {
        var salt = Encoding.UTF8.GetBytes($"{rulesetId:N}/{field}");
        var hash = Rfc2898DeriveBytes.Pbkdf2(secret.Reveal(), salt, FingerprintIterations, HashAlgorithmName.SHA256, 3);
        return Convert.ToHexStringLower(hash);
    }
}
