using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Access;

/// <summary>Authenticator keys and recovery codes, closed anew under the newest key. Within the caller's unit of work.</summary>
internal static class UserTokens
{
    public static async Task<Reclosed> RecloseAsync(NotificationsDbContext db, IDataProtectionProvider protection, CancellationToken ct)
    {
        var all = new Reclosed(0, 0);
        foreach (var token in await db.Set<IdentityUserToken<Guid>>().Where(t => t.LoginProvider == SecondSteps.IdentityProvider && t.Value != null && t.Value != "").ToListAsync(ct))
        {
            try
            {
                var protector = UserStore.Protector(protection, token.UserId, token.Name);
                token.Value = protector.Protect(protector.Unprotect(token.Value!));
                all = all.And(new Reclosed(1, 0));
            }
            catch (CryptographicException)
            {
                all = all.And(new Reclosed(0, 1));
            }
        }

        return all;
    }
}
