using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Access;

/// <summary>Adds users by a one-time link that the administrator hands over, and lets the holder of the link set a password.</summary>
internal sealed class InvitedUsers(
    UserManager<User> users, NotificationsDbContext db, Invitations invitations, AccessOffers offers, Members members,
    UserSessions sessions, AuditLog audit, TimeProvider time)
{
    /// <summary>A new user gets an account. A user who has one gets access when they use the link, signed in.</summary>
    /// <returns>The link's token, for this once; null when the user is refused.</returns>
    public async Task<(IdentityResult Result, string? Token)> AddAsync(Guid rulesetId, string email, MemberRole role, string by, CancellationToken ct)
    {
        // An address has one account, in whichever ruleset and process it is added.
        await using var transaction = await db.BeginForInstallationAsync(ct);
        var (result, token) = await users.FindByEmailAsync(email) is { } user
            ? await OfferAsync(rulesetId, user, role, by, ct)
            : await MakeAsync(rulesetId, email, role, by, ct);
        if (result.Succeeded)
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return (result, token);
    }

    /// <summary>A new link in place of any before, for a lost invitation or a forgotten password. The present password holds until the link is used.</summary>
    /// <returns>Null when the account opens rulesets that <paramref name="administrator"/> does not administer: its password is not theirs to set.</returns>
    public async Task<string?> MakeLinkAsync(Guid rulesetId, Member member, Guid administrator, string by, CancellationToken ct)
    {
        if (!member.Offered && !await members.AnswersForAsync(administrator, member.UserId, ct))
        {
            return null;
        }

        var token = member.Offered
            ? offers.Renew(await AllMembers.SingleAsync(m => m.RulesetId == rulesetId && m.UserId == member.UserId, ct))
            : await invitations.MakeAsync(db, member.UserId, by, ct);
        audit.Add(db, rulesetId, by, AuditAction.UserChanged, $"user {member.Email}", member.Offered ? "new link to take the access up" : "new link to set the password");
        await db.SaveChangesAsync(ct);
        return token;
    }

    private IQueryable<RulesetMember> AllMembers => db.Set<RulesetMember>().IgnoreQueryFilters();

    private async Task<(IdentityResult, string?)> MakeAsync(Guid rulesetId, string email, MemberRole role, string by, CancellationToken ct)
    {
        var user = new User { UserName = email, Email = email, CreatedAt = time.GetUtcNow() };
        var made = await users.CreateAsync(user);
        if (!made.Succeeded)
        {
            return (made, null);
        }

        db.Add(new RulesetMember { RulesetId = rulesetId, UserId = user.Id, Role = role });
        audit.Add(db, rulesetId, by, AuditAction.UserAdded, $"user {email}", $"role: {role}; invited");
        return (made, await invitations.MakeAsync(db, user.Id, by, ct));
    }

    private async Task<(IdentityResult, string?)> OfferAsync(Guid rulesetId, User user, MemberRole role, string by, CancellationToken ct)
    {
        if (await AllMembers.AnyAsync(m => m.RulesetId == rulesetId && m.UserId == user.Id, ct))
        {
            return (IdentityResult.Failed(users.ErrorDescriber.DuplicateEmail(user.Email!)), null);
        }

        var member = new RulesetMember { RulesetId = rulesetId, UserId = user.Id, Role = role };
        var token = offers.Renew(member);
        db.Add(member);
        audit.Add(db, rulesetId, by, AuditAction.UserAdded, $"user {user.Email}", $"role: {role}; invited");
        return (IdentityResult.Success, token);
    }

    public async Task<User?> FindAsync(string? token, CancellationToken ct) =>
        await invitations.FindAsync(db, token, ct) is { } invitation && await IsGoodAsync(invitation, ct)
            ? await users.FindByIdAsync(invitation.UserId.ToString())
            : null;

    /// <summary>
    /// Sets the password, and removes every other way to sign in: a former holder of the account may have added it.
    /// </summary>
    /// <returns>Null when the link is unknown, used, replaced or expired, or its creator no longer administers all rulesets of the account.</returns>
    public async Task<IdentityResult?> AcceptAsync(string? token, string password, CancellationToken ct)
    {
        // Not while access to another ruleset is taken up.
        await using var transaction = await db.BeginForInstallationAsync(ct);
        var invitation = await invitations.FindAsync(db, token, ct);
        if (invitation is null || !await Invitations.UseUpAsync(db, invitation, ct) || !await IsGoodAsync(invitation, ct))
        {
            return null;
        }

        var user = await users.FindByIdAsync(invitation.UserId.ToString()) ?? throw new InvalidOperationException("An invitation goes with its user.");
        var set = await SetPasswordAsync(user, password);
        if (!set.Succeeded)
        {
            return set;
        }

        var removed = await SecondSteps.RemoveAsync(db, users, user, ct);
        audit.Add(db, await RulesetOfAsync(user, ct), user.Email!, AuditAction.PasswordChanged, $"user {user.Email}",
            $"by the link that {invitation.CreatedBy} made{(removed ? "; authenticator, recovery codes and passkeys removed" : "")}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        sessions.Announce();
        return set;
    }

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

    // Checked when it is used: the account may have been given access to another organization's ruleset since the link was made.
    private async Task<bool> IsGoodAsync(Invitation invitation, CancellationToken ct)
    {
        var creator = await users.FindByEmailAsync(invitation.CreatedBy);
        return creator is not null && await Members.AnswersForAsync(db, creator.Id, invitation.UserId, ct);
    }

    private Task<Guid> RulesetOfAsync(User user, CancellationToken ct) =>
        AllMembers.Where(m => m.UserId == user.Id).OrderBy(m => m.RulesetId).Select(m => m.RulesetId).FirstAsync(ct);
}
