using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>What an administrator does for a user who stands before the door: unlock, end sessions, take a lost second step away.</summary>
internal sealed class UserRescue(UserManager<User> users, NotificationsDbContext db, UserSessions sessions, AuditLog audit)
{
    /// <summary>Removes the authenticator, the recovery codes and the passkeys, and signs the user out everywhere.</summary>
    public async Task ResetAsync(Guid rulesetId, Member member, string by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await SecondSteps.RemoveAsync(db, users, await FindAsync(member), ct);
        audit.Add(db, rulesetId, by, AuditAction.TwoFactorChanged, $"user {member.Email}", "authenticator, recovery codes and passkeys removed");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        sessions.Announce();
    }

    public async Task UnlockAsync(Guid rulesetId, Member member, string by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await FindAsync(member);
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        audit.Add(db, rulesetId, by, AuditAction.UserChanged, $"user {member.Email}", "unlocked");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Ends all sessions of the user, for a lost device. They can sign in again.</summary>
    public async Task SignOutAsync(Guid rulesetId, Member member, string by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await UserSessions.EndAllAsync(db, member.UserId, except: null, ct);
        audit.Add(db, rulesetId, by, AuditAction.SessionsEnded, $"user {member.Email}", $"all sessions ({ended})");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        sessions.Announce();
    }

    private async Task<User> FindAsync(Member member) =>
        await users.FindByIdAsync(member.UserId.ToString()) ?? throw new InvalidOperationException("A member has a user.");
}
