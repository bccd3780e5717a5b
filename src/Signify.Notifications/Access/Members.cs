using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>Who belongs to a ruleset. It never loses its last administrator, whoever changes what at once.</summary>
public sealed class Members(IDbContextFactory<NotificationsDbContext> contexts, AuditLog audit)
{
    public async Task<IReadOnlyList<Member>> ListAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Query(db, rulesetId, userId: null).ToListAsync(ct);
    }

    public async Task<Member?> FindAsync(Guid rulesetId, Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Query(db, rulesetId, userId).SingleOrDefaultAsync(ct);
    }

    public async Task<bool> RequiresTwoFactorAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<Ruleset>().Where(r => r.Id == rulesetId).Select(r => r.RequireTwoFactor).SingleAsync(ct);
    }

    /// <summary>Applies from each member's next request on.</summary>
    public async Task RequireTwoFactorAsync(Guid rulesetId, bool required, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
        var changed = await db.Set<Ruleset>().Where(r => r.Id == rulesetId && r.RequireTwoFactor != required)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RequireTwoFactor, required), ct);
        if (changed == 1)
        {
            var rule = required ? "required" : "optional";
            audit.Add(db, rulesetId, by, AuditAction.TwoFactorRequirementChanged, "two-factor authentication", rule);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
    }

    public async Task<bool> AnyUserAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<User>().AnyAsync(ct);
    }

    public async Task<MemberChange> ChangeRoleAsync(Guid rulesetId, Guid userId, MemberRole role, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
        var member = await FindTrackedAsync(db, rulesetId, userId, ct);
        if (member is null)
        {
            return MemberChange.NotFound;
        }

        if (role != MemberRole.Administrator && !await OtherAdministratorAsync(db, rulesetId, userId, ct))
        {
            return MemberChange.LastAdministrator;
        }

        var before = member.Role;
        member.Role = role;
        audit.Add(db, rulesetId, by, AuditAction.UserChanged, await TargetAsync(db, userId, ct), $"role: {before} → {role}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return MemberChange.Done;
    }

    /// <summary>Takes the user out of the ruleset, and the account away when it belongs to no other.</summary>
    public async Task<MemberChange> RemoveAsync(Guid rulesetId, Guid userId, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
        var member = await FindTrackedAsync(db, rulesetId, userId, ct);
        if (member is null)
        {
            return MemberChange.NotFound;
        }

        if (!await OtherAdministratorAsync(db, rulesetId, userId, ct))
        {
            return MemberChange.LastAdministrator;
        }

        audit.Add(db, rulesetId, by, AuditAction.UserRemoved, await TargetAsync(db, userId, ct));
        db.Remove(member);
        await db.SaveChangesAsync(ct);
        await db.Set<User>().Where(u => u.Id == userId && !All(db).Any(m => m.UserId == userId)).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return MemberChange.Done;
    }

    /// <summary>Whether whoever administers <paramref name="by"/>'s rulesets answers for the whole account: none of the rulesets it opens is another's.</summary>
    /// <remarks>A new password or second step opens every ruleset of the account: an administrator of one must not get into another by it.</remarks>
    public async Task<bool> AnswersForAsync(Guid by, Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await AnswersForAsync(db, by, userId, ct);
    }

    /// <summary>The same in the caller's transaction. An account that opens no ruleset is no administrator's.</summary>
    public static async Task<bool> AnswersForAsync(NotificationsDbContext db, Guid by, Guid userId, CancellationToken ct) =>
        await db.Set<RulesetMember>().AnyAsync(m => m.UserId == userId, ct)
        && !await db.Set<RulesetMember>().AnyAsync(m => m.UserId == userId
            && !db.Set<RulesetMember>().Any(mine => mine.RulesetId == m.RulesetId && mine.UserId == by && mine.Role == MemberRole.Administrator), ct);

    /// <summary>Offers that are still open among them.</summary>
    private static IQueryable<RulesetMember> All(NotificationsDbContext db) => db.Set<RulesetMember>().IgnoreQueryFilters();

    private static Task<RulesetMember?> FindTrackedAsync(NotificationsDbContext db, Guid rulesetId, Guid userId, CancellationToken ct) =>
        All(db).SingleOrDefaultAsync(m => m.RulesetId == rulesetId && m.UserId == userId, ct);

    private static Task<bool> OtherAdministratorAsync(NotificationsDbContext db, Guid rulesetId, Guid userId, CancellationToken ct) =>
        db.Set<RulesetMember>().AnyAsync(m => m.RulesetId == rulesetId && m.UserId != userId && m.Role == MemberRole.Administrator, ct);

    private static async Task<string> TargetAsync(NotificationsDbContext db, Guid userId, CancellationToken ct) =>
        "user " + await db.Set<User>().Where(u => u.Id == userId).Select(u => u.Email).SingleAsync(ct);

    private static IQueryable<Member> Query(NotificationsDbContext db, Guid rulesetId, Guid? userId) =>
        from member in All(db).AsNoTracking()
        where member.RulesetId == rulesetId && (userId == null || member.UserId == userId)
        join user in db.Set<User>() on member.UserId equals user.Id
        orderby user.Email
        let offered = member.OfferHash != null
        select new Member(
            user.Id,
            user.Email!,
            member.Role,
            user.CreatedAt,
            offered ? null : user.LastSignInAt,
            offered ? null : user.LockoutEnd,
            !offered && user.PasswordHash != null,
            !offered && user.TwoFactorEnabled,
            offered ? 0 : db.Set<IdentityUserPasskey<Guid>>().Count(p => p.UserId == user.Id),
            offered ? member.OfferExpiresAt : db.Set<Invitation>().Where(i => i.UserId == user.Id).Select(i => (DateTimeOffset?)i.ExpiresAt).FirstOrDefault())
        { Offered = offered };
}
