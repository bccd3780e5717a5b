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
        var id = await db.FindMailboxIdAsync(rulesetId, ct) ?? await AddAsync(db, rulesetId, ct);
        _known[rulesetId] = id;
        return id;
    }

    private async Task<int> AddAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct)
    {
        using var turn = await turns.TakeAsync(ct);
        await db.MakeMailboxAsync(rulesetId, ct);
        return await db.FindMailboxIdAsync(rulesetId, ct) ?? throw new InvalidOperationException("A mailbox that was just made is there.");
    }
}
