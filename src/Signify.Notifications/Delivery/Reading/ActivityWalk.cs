using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>One search: which index it walks along, from where, and what it compares on the way.</summary>
/// <param name="mailing">The mailing that is searched; null for all.</param>
internal sealed class ActivityWalk(
    NotificationsDbContext db, int mailboxId, ActivitySearch search, Mailing? mailing, PageOf page, AcceptedNumbers numbers,
    DateTimeOffset now)
{
    private readonly bool _backwards = page.After is null && page.Before is not null;
    private readonly NotificationState[] _states = [.. search.States.Distinct().Order()];

    /// <summary>By number: each part is in that order by its index, and together they are merged.</summary>
    public async Task<Listed<ActivityRow>> NewestFirstAsync(CancellationToken ct)
    {
        var seen = new List<Seen>();
        foreach (var part in Parts())
        {
            seen.Add(await WalkAsync(Ordered(part), ct));
        }

        // Beyond the place where one part stopped looking nothing is known of it.
        var stops = seen.Where(s => s.StoppedAt is not null).Select(s => s.StoppedAt!.Id).ToList();
        long? stop = stops.Count == 0 ? null : _backwards ? stops.Min() : stops.Max();
        var rows = seen.SelectMany(s => s.Rows).Where(r => stop is null || (_backwards ? r.Id <= stop : r.Id >= stop)).DistinctBy(r => r.Id);
        var ordered = _backwards ? rows.OrderBy(r => r.Id) : rows.OrderByDescending(r => r.Id);
        return Paging.Of(ordered.Take(page.Size + 1), page, row => Paging.Place(row.Id), stop is { } at ? Paging.Place(at) : null);
    }

    /// <summary>By address and then newest first: the rest of the address where the page before ended, then the addresses behind it.</summary>
    public async Task<Listed<ActivityRow>> ByAddressAsync(CancellationToken ct)
    {
        var rows = new List<ActivityRow>();
        foreach (var part in AddressParts())
        {
            var seen = await WalkAsync(part, ct);
            rows.AddRange(seen.Rows);
            if (seen.StoppedAt is not null || rows.Count > page.Size)
            {
                return ByAddress(rows, seen.StoppedAt);
            }
        }

        return ByAddress(rows, null);
    }

    internal IEnumerable<IQueryable<Notification>> AddressParts()
    {
        var start = Addresses.Spelt(search.Recipient!);
        var end = start + "\U0010FFFF";
        if ((_backwards ? page.Before : page.After) is not { } place)
        {
            return [Of(mailboxId).Where(n => n.To.CompareTo(start) >= 0 && n.To.CompareTo(end) < 0).OrderBy(n => n.To).ThenByDescending(n => n.Id)];
        }

        var (id, to) = Paging.IdAndAddress(place);
        var same = Of(mailboxId).Where(n => n.To == to);
        return _backwards
            ?
            [
                same.Where(n => n.Id > id).OrderBy(n => n.Id),
                Of(mailboxId).Where(n => n.To.CompareTo(start) >= 0 && n.To.CompareTo(to) < 0).OrderByDescending(n => n.To).ThenBy(n => n.Id),
            ]
            :
            [
                same.Where(n => n.Id < id).OrderByDescending(n => n.Id),
                Of(mailboxId).Where(n => n.To.CompareTo(to) > 0 && n.To.CompareTo(end) < 0).OrderBy(n => n.To).ThenByDescending(n => n.Id),
            ];
    }

    /// <summary>What is walked along, each by an index that has it: an address, a mailing's states, outcomes, or everything.</summary>
    internal IEnumerable<IQueryable<Notification>> Parts()
    {
        if (!string.IsNullOrWhiteSpace(search.Recipient))
        {
            return Addresses.Spellings(search.Recipient).Select(to => Of(mailboxId).Where(n => n.To == to));
        }

        if (search.MailingId is { } id)
        {
            return StoredStates().Select(state => db.Set<Notification>().AsNoTracking().Where(n => n.MailingId == id && n.State == state));
        }

        // ">= Sent" and the constant are what lets SQLite see that the partial index has them all.
        return Outcomes
            ? _states.Select(state => InTime().Where(n => n.State >= NotificationState.Sent && n.State == EF.Constant(state)))
            : [InTime()];
    }

    internal IQueryable<Notification> Ordered(IQueryable<Notification> part)
    {
        if (_backwards)
        {
            var above = Paging.Id(page.Before!);
            return part.Where(n => n.Id > above).OrderBy(n => n.Id);
        }

        var below = page.After is { } after ? Paging.Id(after) : long.MaxValue;
        return part.Where(n => n.Id < below).OrderByDescending(n => n.Id);
    }

    /// <summary>Only where the walk is along the numbers: elsewhere they would tempt SQLite away from the better index.</summary>
    private IQueryable<Notification> InTime()
    {
        var (lowest, highest) = (numbers.Lowest, numbers.Highest);
        var all = Of(mailboxId);
        all = lowest > 0 ? all.Where(n => n.Id >= lowest) : all;
        return highest < long.MaxValue ? all.Where(n => n.Id <= highest) : all;
    }

    private Listed<ActivityRow> ByAddress(List<ActivityRow> rows, ActivityRow? stoppedAt) =>
        Paging.Of(rows, page, row => Paging.Place(row.Id, row.To), stoppedAt is null ? null : Paging.Place(stoppedAt.Id, stoppedAt.To));

    private IQueryable<Notification> Of(int mailbox) => db.Set<Notification>().AsNoTracking().Where(n => n.MailboxId == mailbox);

    /// <summary>Reads row by row, until the page is full, the part is over, or it has looked at enough.</summary>
    private async Task<Seen> WalkAsync(IQueryable<Notification> part, CancellationToken ct)
    {
        var rows = new List<ActivityRow>();
        var looked = 0;
        await foreach (var row in Rows(part).Take(Most).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (Matches(row))
            {
                rows.Add(row);
            }

            if (rows.Count > page.Size)
            {
                break;
            }

            if (++looked == ActivityReader.MostLookedAt)
            {
                return new Seen(rows, row);
            }
        }

        return new Seen(rows, null);
    }

    // The states as they are shown, so that a search finds what it says. Not EXISTS: PostgreSQL would hash all paused mailings.
    internal IQueryable<ActivityRow> Rows(IQueryable<Notification> part) => part.Select(n => new ActivityRow(
        n.Id,
        n.MailingId,
        n.To,
        n.ToName,
        n.State != NotificationState.Paused
                || db.Set<Mailing>().Where(m => m.Id == n.MailingId).Select(m => m.State).First() == MailingState.Paused ? n.State
            : n.DueAt > now ? NotificationState.Scheduled
            : NotificationState.Queued,
        n.AcceptedAt,
        n.DueAt,
        n.EndedAt,
        n.Attempts));

    /// <summary>Where nothing is compared on the way, what fits on the page is enough. PostgreSQL plans for what it is asked for, and sends all of it.</summary>
    internal int Most => Compares ? ActivityReader.MostLookedAt : page.Size + 1;

    /// <summary>Whether the index that is walked along leaves something to be looked at in each row.</summary>
    private bool Compares => search.From is not null || search.Until is not null
        || (string.IsNullOrWhiteSpace(search.Recipient)
            ? search.MailingId is null ? _states.Length > 0 && !Outcomes : mailing is { RowsFollow: true } && SeeksUnparked
            : search.MailingId is not null || _states.Length > 0);

    /// <summary>The parked rows of a mailing that is not paused are shown as queued or scheduled: see <see cref="ShownStates"/>.</summary>
    private bool SeeksUnparked => mailing is { State: not MailingState.Paused }
        && (_states.Contains(NotificationState.Queued) || _states.Contains(NotificationState.Scheduled));

    private IEnumerable<NotificationState> StoredStates() =>
        _states.Length == 0 ? Enum.GetValues<NotificationState>()
        : mailing is { State: MailingState.Paused } ? _states
        : _states.Where(s => s != NotificationState.Paused).Concat(SeeksUnparked ? [NotificationState.Paused] : []);

    private bool Outcomes => _states.Length > 0 && _states.All(state => state >= NotificationState.Sent);

    private bool Matches(ActivityRow row) =>
        (_states.Length == 0 || _states.Contains(row.State))
        && (search.MailingId is null || row.MailingId == search.MailingId)
        && (search.From is null || row.AcceptedAt >= search.From)
        && (search.Until is null || row.AcceptedAt < search.Until);

    /// <param name="StoppedAt">The last row it looked at, when there is more to look at.</param>
    private sealed record Seen(IReadOnlyList<ActivityRow> Rows, ActivityRow? StoppedAt);
}
