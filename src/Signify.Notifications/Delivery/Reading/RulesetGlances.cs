using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Looks at the rulesets of one page of the list. It counts no further than anyone reads, so a queue of a million costs what one of a thousand does.</summary>
public sealed class RulesetGlances(IDbContextFactory<NotificationsDbContext> contexts)
{
    /// <summary>Unfinished mailings looked at, members counted.</summary>
    private const int Most = 1000;

    public async Task<IReadOnlyDictionary<Guid, RulesetGlance>> ReadAsync(IReadOnlyList<Guid> rulesets, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var settings = (await db.Set<SettingsRevision>().Where(r => rulesets.Contains(r.RulesetId) && (r.State == RevisionState.Active || r.State == RevisionState.Draft))
            .Select(r => new { r.RulesetId, r.State }).ToListAsync(ct)).ToLookup(r => r.RulesetId, r => r.State);
        var mailboxes = await db.Set<Mailbox>().AsNoTracking().Where(m => rulesets.Contains(m.RulesetId)).ToDictionaryAsync(m => m.RulesetId, ct);
        var glances = new Dictionary<Guid, RulesetGlance>();
        foreach (var id in rulesets)
        {
            var mailbox = mailboxes.GetValueOrDefault(id);
            glances[id] = new RulesetGlance(
                settings[id].Contains(RevisionState.Active) ? RevisionState.Active : settings[id].Any() ? RevisionState.Draft : null,
                mailbox?.Hold ?? Hold.None,
                mailbox is null ? default : await WaitingAsync(db, mailbox.Id, ct),
                Bounded(await db.Set<RulesetMember>().Where(m => m.RulesetId == id).Take(Most + 1).CountAsync(ct)));
        }

        return glances;
    }

    private static async Task<BoundedCount> WaitingAsync(NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        var left = await WaitingCounts.Unfinished(db, mailboxId).OrderBy(m => m.Id).Take(Most + 1)
            .Select(m => new { m.State, Left = m.Total - m.Sent - m.Failed - m.InDoubt - m.Cancelled - m.Expired }).ToListAsync(ct);
        return new BoundedCount(left.Where(m => m.State is MailingState.Active or MailingState.Paused).Sum(m => (long)m.Left), left.Count > Most);
    }

    private static BoundedCount Bounded(int counted) => new(Math.Min(counted, Most), counted > Most);
}
