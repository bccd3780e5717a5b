using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>
/// One-time links by which somebody who has an account takes up access to another ruleset. They must be signed in to use one: an account
/// that others set up in somebody's name cannot be let in over their head.
/// </summary>
public sealed class AccessOffers(AuditLog audit, TimeProvider time)
{
    /// <summary>An offer that its link opens.</summary>
    public sealed record Offer(Guid RulesetId, string Ruleset, Guid UserId, string Email, MemberRole Role);

    /// <summary>Puts a new link in place of any before, in the caller's unit of work.</summary>
    /// <returns>The token, for this once.</returns>
    public string Renew(RulesetMember member)
    {
        var token = OneTimeToken.New();
        (member.OfferHash, member.OfferExpiresAt) = (OneTimeToken.Hash(token), time.GetUtcNow() + Invitations.Lifetime);
        return token;
    }

    /// <summary>Null when the link is unknown, used, replaced or expired.</summary>
    public async Task<Offer?> FindAsync(NotificationsDbContext db, string? token, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var (hash, now) = (OneTimeToken.Hash(token), time.GetUtcNow());
        return await (
            from member in db.Set<RulesetMember>().IgnoreQueryFilters().AsNoTracking()
            where member.OfferHash == hash && member.OfferExpiresAt > now
            join user in db.Set<User>() on member.UserId equals user.Id
            join ruleset in db.Set<Ruleset>() on member.RulesetId equals ruleset.Id
            select new Offer(ruleset.Id, ruleset.Name, user.Id, user.Email!, member.Role)).SingleOrDefaultAsync(ct);
    }

    /// <returns>The ruleset they may open now; null when the link does not open, or not for this user.</returns>
    public async Task<Offer?> TakeUpAsync(NotificationsDbContext db, string? token, Guid userId, CancellationToken ct)
    {
        if (await FindAsync(db, token, ct) is not { } offer || offer.UserId != userId)
        {
            return null;
        }

        await using var transaction = await db.BeginForInstallationAsync(ct);
        var hash = OneTimeToken.Hash(token!);
        var taken = await db.Set<RulesetMember>().IgnoreQueryFilters().Where(m => m.OfferHash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.OfferHash, (byte[]?)null).SetProperty(m => m.OfferExpiresAt, (DateTimeOffset?)null), ct);
        if (taken == 0)
        {
            return null;
        }

        // A link to set the password was made for an account that did not open this ruleset.
        await db.Set<Invitation>().Where(i => i.UserId == userId).ExecuteDeleteAsync(ct);
        audit.Add(db, offer.RulesetId, offer.Email, AuditAction.UserChanged, $"user {offer.Email}", "took the access up");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return offer;
    }
}
