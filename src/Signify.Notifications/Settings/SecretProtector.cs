using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Signify.Notifications.Settings;

/// <summary>Closes and opens secrets. A ciphertext opens only in the ruleset and the field it was made for.</summary>
public sealed class SecretProtector(IDataProtectionProvider protection, TimeProvider time)
{
    public StoredSecret Close(SecretText secret, Guid rulesetId, string field, string by) => new()
    {
        Ciphertext = Protector(rulesetId, field).Protect(secret.Reveal()),
        // Random, not a hash: a copy of the database must not be a test for guessed passwords.
        Fingerprint = RandomNumberGenerator.GetHexString(6, lowercase: true),
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
}
