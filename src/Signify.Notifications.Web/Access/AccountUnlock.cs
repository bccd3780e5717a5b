using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;

namespace Signify.Notifications.Web.Access;

/// <summary>Unlocks an account from the command line, for a sole administrator whom nobody else can unlock.</summary>
internal static class AccountUnlock
{
    /// <returns>Whether it was locked.</returns>
    /// <exception cref="BackupRefusedException">There is no such account.</exception>
    public static async Task<bool> UnlockAsync(
        NotificationsDbContext db, AuditLog audit, string email, TimeProvider time, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // As Identity normalizes addresses.
        var normalized = email.Normalize().ToUpperInvariant();
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.NormalizedEmail == normalized, ct)
            ?? throw new BackupRefusedException($"No account has the address {email}.");
        var locked = user.LockoutEnd > time.GetUtcNow();
        (user.LockoutEnd, user.AccessFailedCount, user.ConcurrencyStamp) = (null, 0, Guid.NewGuid().ToString());
        foreach (var ruleset in await db.Set<RulesetMember>().Where(m => m.UserId == user.Id).Select(m => m.RulesetId).ToListAsync(ct))
        {
            audit.Add(db, ruleset, "operator", AuditAction.UserChanged, $"user {user.Email}", "unlocked by the command line");
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return locked;
    }
}
