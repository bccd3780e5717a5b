using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>Which rulesets a person may open. Asked at each request: each question is a look into an index, however many rulesets there are.</summary>
public sealed class RulesetAccess(IDbContextFactory<NotificationsDbContext> contexts)
{
    /// <summary>Up to so many are sorted by name once they are found; more are found by going along the names.</summary>
    private const int Few = 200;

    /// <returns>Null when there is no such ruleset, or it is none of theirs.</returns>
    public async Task<RulesetEntry?> FindAsync(Guid userId, Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await EntryAsync(db, userId, rulesetId, ct);
    }

    /// <summary>The oldest of theirs; null when they have none.</summary>
    public async Task<RulesetEntry?> FirstAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await db.Set<RulesetMember>().Where(m => m.UserId == userId).OrderBy(m => m.RulesetId).Select(m => (Guid?)m.RulesetId).FirstOrDefaultAsync(ct);
        return id is { } oldest ? await EntryAsync(db, userId, oldest, ct) : null;
    }

    public async Task<bool> SeveralAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<RulesetMember>().Where(m => m.UserId == userId).Take(2).CountAsync(ct) > 1;
    }

    /// <summary>By name; one more than asked for when there are more.</summary>
    /// <param name="search">Part of the name, in capitals or not; null for all.</param>
    /// <param name="after">The name that the page before ended with.</param>
    public async Task<IReadOnlyList<RulesetEntry>> ListAsync(Guid userId, string? search, string? after, int most, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var theirs = await db.Set<RulesetMember>().Where(m => m.UserId == userId).Select(m => m.RulesetId).Take(Few + 1).ToListAsync(ct);
        var rulesets = theirs.Count <= Few
            ? db.Set<Ruleset>().Where(r => theirs.Contains(r.Id))
            : db.Set<Ruleset>().Where(r => db.Set<RulesetMember>().Any(m => m.RulesetId == r.Id && m.UserId == userId));
        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = RulesetName.ToSort(search.Trim());
            rulesets = rulesets.Where(r => r.SortName.Contains(part));
        }

        if (after is not null)
        {
            var place = RulesetName.ToSort(after);
            rulesets = rulesets.Where(r => r.SortName.CompareTo(place) > 0);
        }

        return await rulesets.OrderBy(r => r.SortName).Take(most + 1)
            .Select(r => new RulesetEntry(r.Id, r.Name, db.Set<RulesetMember>().Where(m => m.RulesetId == r.Id && m.UserId == userId).Select(m => m.Role).First()))
            .ToListAsync(ct);
    }

    private static Task<RulesetEntry?> EntryAsync(NotificationsDbContext db, Guid userId, Guid rulesetId, CancellationToken ct) => (
        from member in db.Set<RulesetMember>()
        where member.RulesetId == rulesetId && member.UserId == userId
        join ruleset in db.Set<Ruleset>() on member.RulesetId equals ruleset.Id
        select new RulesetEntry(ruleset.Id, ruleset.Name, member.Role) { RequiresTwoFactor = ruleset.RequireTwoFactor }).SingleOrDefaultAsync(ct);
}
