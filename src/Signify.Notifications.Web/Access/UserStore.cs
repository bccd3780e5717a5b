using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Identity's store, with the authenticator key and the recovery codes protected, and the codes hashed before: neither a copy of the
/// database nor the key ring with it gives a code away.
/// </summary>
internal sealed class UserStore(
    NotificationsDbContext db, IDataProtectionProvider protection, IOptions<PasswordHasherOptions> hashing,
    IdentityErrorDescriber? describer = null)
    : UserOnlyStore<User, NotificationsDbContext, Guid>(db, describer)
{
    /// <summary>Identity's name of the token.</summary>
    public const string RecoveryCodesName = "RecoveryCodes";

    public override Task ReplaceCodesAsync(User user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        StoreAsync(user, RecoveryCodes.Create(recoveryCodes, hashing.Value.IterationCount), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(User user, string code, CancellationToken cancellationToken)
    {
        if (await FindCodesAsync(user, cancellationToken) is not { } codes || codes.Redeem(code) is not { } left)
        {
            return false;
        }

        await StoreAsync(user, left, cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(User user, CancellationToken cancellationToken) =>
        await GetTokenAsync(user, SecondSteps.IdentityProvider, RecoveryCodesName, cancellationToken) is { Length: > 0 } stored
            ? RecoveryCodes.Parse(stored)?.Hashes.Count ?? stored.Split(';').Length
            : 0;

    /// <summary>Null too when the key ring that closed the token is lost: it then reads as never set.</summary>
    public override async Task<string?> GetTokenAsync(User user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        var closed = await base.GetTokenAsync(user, loginProvider, name, cancellationToken);
        try
        {
            return string.IsNullOrEmpty(closed) ? closed : Protector(user, name).Unprotect(closed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override Task SetTokenAsync(User user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, string.IsNullOrEmpty(value) ? value : Protector(user, name).Protect(value), cancellationToken);

    /// <summary>Also forgets which code was used last: it was another key's.</summary>
    public override async Task SetAuthenticatorKeyAsync(User user, string key, CancellationToken cancellationToken)
    {
        await Context.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == user.Id && t.LoginProvider == AuthenticatorCodes.Provider)
            .ExecuteDeleteAsync(cancellationToken);
        await base.SetAuthenticatorKeyAsync(user, key, cancellationToken);
    }

    private async Task<RecoveryCodes?> FindCodesAsync(User user, CancellationToken ct) =>
        await GetTokenAsync(user, SecondSteps.IdentityProvider, RecoveryCodesName, ct) is { Length: > 0 } stored
            ? RecoveryCodes.Parse(stored) ?? RecoveryCodes.Create(stored.Split(';'), hashing.Value.IterationCount)
            : null;

    private Task StoreAsync(User user, RecoveryCodes codes, CancellationToken ct) =>
        SetTokenAsync(user, SecondSteps.IdentityProvider, RecoveryCodesName, codes.ToString(), ct);

    private IDataProtector Protector(User user, string name) => Protector(protection, user.Id, name);

    internal static IDataProtector Protector(IDataProtectionProvider protection, Guid userId, string name) =>
        protection.CreateProtector("Signify.Notifications.Access.UserTokens", userId.ToString("N"), name);
}
