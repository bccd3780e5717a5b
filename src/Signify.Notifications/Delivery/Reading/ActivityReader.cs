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
        // That the mailing is the ruleset's own is asked here: asked of each row it would tempt SQLite to another index.
        if (await db.FindMailboxIdAsync(rulesetId, ct) is not { } mailboxId
            || (search.MailingId is { } mailing && !await db.Set<Mailing>().AnyAsync(m => m.Id == mailing && m.MailboxId == mailboxId, ct)))
        {
            return new Listed<ActivityRow>([], null, null);
        }

        var numbers = await AcceptedNumbers.FindAsync(db, mailboxId, search.From, search.Until, ct);
        var walk = new ActivityWalk(db, mailboxId, search, page, numbers);
        var found = search.ByAddress ? await walk.ByAddressAsync(ct) : await walk.NewestFirstAsync(ct);
        return found with { Items = await ShownStates.ShowAsync(db, found.Items, time.GetUtcNow(), ct) };
    }
}
