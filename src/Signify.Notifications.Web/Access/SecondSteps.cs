using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>What signs a user in beside or instead of the password: authenticator, recovery codes and passkeys.</summary>
internal static class SecondSteps
{
    /// <summary>Under which Identity keeps the authenticator's key and the recovery codes, protected.</summary>
    public const string IdentityProvider = "[AspNetUserStore]";

    /// <summary>
    /// Removes all of them and signs the user out everywhere, in the caller's transaction. Call <see cref="UserSessions.Announce"/> after it.
    /// </summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> RemoveAsync(NotificationsDbContext db, UserManager<User> users, User user, CancellationToken ct)
    {
        var tokens = await db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == user.Id).ExecuteDeleteAsync(ct);
        var passkeys = await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == user.Id).ExecuteDeleteAsync(ct);
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.UpdateSecurityStampAsync(user);
        await UserSessions.EndAllAsync(db, user.Id, except: null, ct);
        return tokens + passkeys > 0;
    }
}
