using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Which mailbox is a ruleset's. Made at the first hand-in, kept as long as the ruleset.</summary>
public sealed class MailboxIds(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turns)
{
    private readonly ConcurrentDictionary<Guid, int> _known = new();

    public async ValueTask<int> OfAsync(Guid rulesetId, CancellationToken ct)
    {
        if (_known.TryGetValue(rulesetId, out var known))
        {
            return known;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await FindAsync(db, rulesetId, ct) ?? await AddAsync(db, rulesetId, ct);
        _known[rulesetId] = id;
        return id;
    }

    private async Task<int> AddAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct)
    {
        using var turn = await turns.TakeAsync(ct);
        // Another call may have had its turn in between.
        if (await FindAsync(db, rulesetId, ct) is { } other)
        {
            return other;
        }

        var mailbox = new Mailbox { RulesetId = rulesetId };
        db.Add(mailbox);
        await db.SaveChangesAsync(ct);
        return mailbox.Id;
    }

    private static Task<int?> FindAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct) =>
        db.Set<Mailbox>().Where(m => m.RulesetId == rulesetId).Select(m => (int?)m.Id).SingleOrDefaultAsync(ct);
}
