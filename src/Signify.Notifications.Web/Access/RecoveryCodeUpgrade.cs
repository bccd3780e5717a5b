using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Hashes the recovery codes that an earlier version stored encrypted, once, after the start: ten derivations for each user would hold the
/// start up. Until then, and where the key ring was lost, they stay as they are and work as before.
/// </summary>
internal sealed class RecoveryCodeUpgrade(
    IDbContextFactory<NotificationsDbContext> contexts, IDataProtectionProvider protection, IOptions<PasswordHasherOptions> hashing,
    TimeProvider time, ILogger<RecoveryCodeUpgrade> log) : ResilientService(time, log)
{
    protected override TimeSpan RetryAfter => TimeSpan.FromMinutes(5);

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [RunAsync];

    /// <returns>How many users' codes were hashed.</returns>
    public async Task<int> HashAllAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var tokens = await db.Set<IdentityUserToken<Guid>>().AsNoTracking()
            .Where(t => t.LoginProvider == SecondSteps.IdentityProvider && t.Name == UserStore.RecoveryCodesName)
            .Where(t => t.Value != null && t.Value != "")
            .ToListAsync(ct);
        var hashed = 0;
        foreach (var token in tokens)
        {
            if (Hash(token) is { } value)
            {
                // A code that is used meanwhile must not come back.
                hashed += await db.Set<IdentityUserToken<Guid>>()
                    .Where(t => t.UserId == token.UserId && t.LoginProvider == token.LoginProvider && t.Name == token.Name)
                    .Where(t => t.Value == token.Value)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, value), ct);
            }
        }

        return hashed;
    }

    private async Task RunAsync(CancellationToken ct)
    {
        await HashAllAsync(ct);
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
    }

    /// <summary>Null when there is nothing to do, or it cannot be read.</summary>
    private string? Hash(IdentityUserToken<Guid> token)
    {
        var protector = UserStore.Protector(protection, token.UserId, token.Name);
        try
        {
            var stored = protector.Unprotect(token.Value!);
            return RecoveryCodes.Parse(stored) is null
                ? protector.Protect(RecoveryCodes.Create(stored.Split(';'), hashing.Value.IterationCount).ToString())
                : null;
        }
        catch (Exception ex) when (ex is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
