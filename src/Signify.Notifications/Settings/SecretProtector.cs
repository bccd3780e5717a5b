using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Settings;

/// <summary>Closes and opens secrets. A ciphertext opens only in the ruleset and the field it was made for.</summary>
/// <param name="folder">Where the keys are; null where they are in the database.</param>
public sealed class SecretProtector(IDataProtectionProvider protection, TimeProvider time, DataFolder? folder = null)
{
    /// <exception cref="KeysLostException">The keys were deleted under the running program.</exception>
    public StoredSecret Close(SecretText secret, Guid rulesetId, string field, string by)
    {
        folder?.ThrowIfKeysLost();
        return new StoredSecret
        {
            Ciphertext = Protector(rulesetId, field).Protect(secret.Reveal()),
            // Random, not a hash: a copy of the database must not be a test for guessed passwords.
            Fingerprint = RandomNumberGenerator.GetHexString(6, lowercase: true),
            SetAt = time.GetUtcNow(),
            SetBy = by,
        };
    }

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
        catch (CryptographicException ex)
        {
            ThrowIfUnavailable(ex);
            return null;
        }
    }

    /// <summary>The same secret in another field, under its old name: it was set when it was set.</summary>
    /// <returns>Null when it cannot be opened.</returns>
    public StoredSecret? TryMove(StoredSecret? stored, Guid rulesetId, string from, string to) =>
        TryOpen(stored, rulesetId, from) is { } secret
            ? stored! with { Ciphertext = Protector(rulesetId, to).Protect(secret.Reveal()) }
            : null;

    // Data Protection wraps every fault of reading its keys. A database or disk that does not answer has lost no key, and
    // must not hold a mailbox for its configuration.
    private static void ThrowIfUnavailable(CryptographicException wrapped)
    {
        for (var ex = wrapped.InnerException; ex is not null; ex = ex.InnerException)
        {
            if (ex is DbException or IOException and not (FileNotFoundException or DirectoryNotFoundException) or TimeoutException)
            {
                ExceptionDispatchInfo.Throw(ex);
            }
        }
    }

    private IDataProtector Protector(Guid rulesetId, string field) =>
        protection.CreateProtector("Signify.Notifications.Settings", rulesetId.ToString("N"), field);
}
