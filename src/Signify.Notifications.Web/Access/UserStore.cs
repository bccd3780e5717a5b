using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>Identity's store, with the authenticator key and the recovery codes protected: a copy of the database makes no codes.</summary>
internal sealed class UserStore(NotificationsDbContext db, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<User, NotificationsDbContext, Guid>(db, describer)
{
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

    private IDataProtector Protector(User user, string name) => Protector(protection, user.Id, name);

    internal static IDataProtector Protector(IDataProtectionProvider protection, Guid userId, string name) =>
        protection.CreateProtector("Signify.Notifications.Access.UserTokens", userId.ToString("N"), name);
}
