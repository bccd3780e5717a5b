using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Access;

/// <summary>Adds users by a one-time link that the administrator hands over, and lets the holder of the link set a password.</summary>
internal sealed class InvitedUsers(UserManager<User> users, NotificationsDbContext db, Invitations invitations, AuditLog audit, TimeProvider time)
{
    /// <returns>The link's token, for this once, or why there is none.</returns>
    public async Task<(IdentityResult Result, string? Token)> AddAsync(Guid rulesetId, string email, MemberRole role, string by, CancellationToken ct)
    {
        await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
        var user = new User { UserName = email, Email = email, CreatedAt = time.GetUtcNow() };
        var made = await CreateAsync(user);
        if (!made.Succeeded)
        {
            return (made, null);
        }

        db.Add(new RulesetMember { RulesetId = rulesetId, UserId = user.Id, Role = role });
        var token = await invitations.MakeAsync(db, user.Id, by, ct);
        audit.Add(db, rulesetId, by, AuditAction.UserAdded, $"user {email}", $"role: {role}; invited");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (made, token);
    }

    /// <summary>A new link in place of any before, for a lost invitation or a forgotten password. The present password holds until the link is used.</summary>
    public async Task<string> MakeLinkAsync(Guid rulesetId, Member member, string by, CancellationToken ct)
    {
        var token = await invitations.MakeAsync(db, member.UserId, by, ct);
        audit.Add(db, rulesetId, by, AuditAction.UserChanged, $"user {member.Email}", "new link to set the password");
        await db.SaveChangesAsync(ct);
        return token;
    }

    public async Task<User?> FindAsync(string? token, CancellationToken ct) =>
        await invitations.FindAsync(db, token, ct) is { } invitation ? await users.FindByIdAsync(invitation.UserId.ToString()) : null;

    /// <summary>Null when the link does not open (any more).</summary>
    public async Task<IdentityResult?> AcceptAsync(string? token, string password, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var invitation = await invitations.FindAsync(db, token, ct);
        if (invitation is null || !await Invitations.UseUpAsync(db, invitation, ct))
        {
            return null;
        }

        var user = await users.FindByIdAsync(invitation.UserId.ToString()) ?? throw new InvalidOperationException("An invitation goes with its user.");
        var set = await SetPasswordAsync(user, password);
        if (!set.Succeeded)
        {
            return set;
        }

        audit.Add(db, await RulesetOfAsync(user, ct), user.Email!, AuditAction.PasswordChanged, $"user {user.Email}", $"by the link that {invitation.CreatedBy} made");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return set;
    }

    private async Task<IdentityResult> CreateAsync(User user)
    {
        try
        {
            return await users.CreateAsync(user);
        }
        catch (DbUpdateException ex) when (ex.IsTaken())
        {
            // Somebody added the same address to another ruleset since it was asked for.
            return IdentityResult.Failed(users.ErrorDescriber.DuplicateEmail(user.Email!));
        }
    }

    /// <summary>Signs every session of the user out as well: the security stamp changes with the password.</summary>
    private async Task<IdentityResult> SetPasswordAsync(User user, string password)
    {
        foreach (var rules in users.PasswordValidators)
        {
            var judged = await rules.ValidateAsync(users, user, password);
            if (!judged.Succeeded)
            {
                return judged;
            }
        }

        if (user.PasswordHash is not null)
        {
            await users.RemovePasswordAsync(user);
        }

        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        return await users.AddPasswordAsync(user, password);
    }

    private Task<Guid> RulesetOfAsync(User user, CancellationToken ct) =>
        db.Set<RulesetMember>().Where(m => m.UserId == user.Id).Select(m => m.RulesetId).FirstAsync(ct);
}
