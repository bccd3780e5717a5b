using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Compares a ruleset's rows with what was told of them.</summary>
internal sealed class FeedLook(
    Guid rulesetId, IDbContextFactory<NotificationsDbContext> contexts, OverviewReader overview, MailingReader mailings, AllowedPace pace, TimeProvider time)
{
    /// <summary>The newest unfinished ones: no page shows more at once.</summary>
    private const int MostMailings = 50;

    private static readonly TimeSpan BetweenTellings = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, (DeliveryEvent.MailingChanged Told, DateTimeOffset At)> _mailings = [];
    private List<long> _deleted = [];
    private DeliveryEvent.OverviewChanged? _overview;
    private DeliveryEvent.HoldChanged? _hold;

    /// <summary>0 before the first look, and while the ruleset has none.</summary>
    public int MailboxId { get; private set; }

    /// <summary>How things stand, for one who joins.</summary>
    public IEnumerable<DeliveryEvent> Told => [.. new DeliveryEvent?[] { _overview, _hold }.OfType<DeliveryEvent>(), .. _mailings.Values.Select(m => m.Told)];

    /// <returns>What changed since it was told.</returns>
    public async Task<IReadOnlyList<DeliveryEvent>> ReadAsync(CancellationToken ct)
    {
        var changes = new List<DeliveryEvent>();
        var now = await overview.ReadAsync(rulesetId, ct);
        if (_overview is null || _overview.Overview with { At = now.At } != now)
        {
            changes.Add(new DeliveryEvent.OverviewChanged(now));
        }

        if (_hold is null || _hold.Hold != now.Hold)
        {
            changes.Add(new DeliveryEvent.HoldChanged(now.Hold));
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        MailboxId = await db.FindMailboxIdAsync(rulesetId, ct) ?? 0;
        var limits = await pace.ReadAsync(rulesetId, ct);
        foreach (var mailing in await CurrentAsync(db, ct))
        {
            if (Due(mailing, now))
            {
                changes.Add(new DeliveryEvent.MailingChanged(await mailings.DetailsAsync(db, mailing, now.Hold, limits, ct)));
            }
        }

        return changes;
    }

    /// <summary>Notes what is told.</summary>
    public void Keep(IReadOnlyList<DeliveryEvent> changes)
    {
        _deleted.ForEach(id => _mailings.Remove(id));
        foreach (var change in changes)
        {
            switch (change)
            {
                case DeliveryEvent.OverviewChanged told:
                    _overview = told;
                    break;
                case DeliveryEvent.HoldChanged told:
                    _hold = told;
                    break;
                case DeliveryEvent.MailingChanged { Mailing.Row: { } row } when row.Counts.Waiting == 0:
                    _mailings.Remove(row.Id);
                    break;
                case DeliveryEvent.MailingChanged told:
                    _mailings[told.Mailing.Row.Id] = (told, time.GetUtcNow());
                    break;
            }
        }
    }

    /// <summary>Those that have something to go, and those of which that was told last.</summary>
    private async Task<List<Mailing>> CurrentAsync(NotificationsDbContext db, CancellationToken ct)
    {
        var unfinished = await WaitingCounts.Unfinished(db, MailboxId)
            .Where(m => !m.OfOne && m.State != MailingState.Receiving && m.State != MailingState.Deleting)
            .OrderByDescending(m => m.Id).Take(MostMailings).ToListAsync(ct);
        var gone = _mailings.Keys.Except(unfinished.Select(m => m.Id)).ToList();
        var finished = gone.Count == 0 ? [] : await db.Set<Mailing>().AsNoTracking().Where(m => gone.Contains(m.Id)).ToListAsync(ct);
        finished.RemoveAll(m => m.State == MailingState.Deleting);
        _deleted = [.. gone.Except(finished.Select(m => m.Id))];
        return [.. unfinished, .. finished];
    }

    private bool Due(Mailing mailing, Overview now)
    {
        if (!_mailings.TryGetValue(mailing.Id, out var last))
        {
            return true;
        }

        var row = MailingStatusWords.Row(mailing, now.Hold, now.At);
        return row != last.Told.Mailing.Row && (now.At - last.At >= BetweenTellings || row.Counts.Waiting == 0);
    }
}
