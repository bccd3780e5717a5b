using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>
/// Finds notifications among millions. Any page costs the same: each search is a walk along an index that has its order, from a
/// place in it, and looks at no more than <see cref="MostLookedAt"/> rows before it says how to go on.
/// </summary>
public sealed class ActivityReader(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time)
{
    /// <summary>How many rows one page looks at where no index has all conditions.</summary>
    public const int MostLookedAt = 20_000;

    /// <summary>Newest first; those whose recipient begins with something, by address and then newest first.</summary>
    /// <exception cref="FormatException"><paramref name="page"/> names a place that this search never gave.</exception>
    public async Task<Listed<ActivityRow>> SearchAsync(Guid rulesetId, ActivitySearch search, PageOf page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.FindMailboxIdAsync(rulesetId, ct) is not { } mailboxId)
        {
            return new Listed<ActivityRow>([], null, null);
        }

        // That the mailing is the ruleset's own is asked here: asked of each row it would tempt SQLite to another index.
        var mailing = search.MailingId is { } id
            ? await db.Set<Mailing>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.MailboxId == mailboxId, ct)
            : null;
        if (search.MailingId is not null && mailing is null)
        {
            return new Listed<ActivityRow>([], null, null);
        }

        var numbers = await AcceptedNumbers.FindAsync(db, mailboxId, search.From, search.Until, ct);
        var walk = new ActivityWalk(db, mailboxId, search, mailing, page, numbers, time.GetUtcNow());
        return search.ByAddress ? await walk.ByAddressAsync(ct) : await walk.NewestFirstAsync(ct);
    }
}
