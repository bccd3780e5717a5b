using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A wall clock that is set back must not prolong a wait or a hold.</summary>
public sealed partial class MailboxStates
{
    private readonly WaitClock _waits = new(time);

    /// <summary>The mailboxes that may send again, although the wall clock says that they still wait.</summary>
    internal IReadOnlyList<int> WaitsOverEarly() => _waits.OverEarly();

    /// <summary>Whether the recorded times show that the clock was set back since: see <see cref="CorrectAsync"/>.</summary>
    internal bool NeedsCorrection(int mailboxId, MailboxState state)
    {
        var now = time.GetUtcNow();
        return (state.Hold == Hold.Configuration && state.HeldAt > now)
            || state.PaceSharedAt > now
            || state.WaitUntil - now > WaitSchedule.Longest
            || (state.WaitUntil > now && _waits.Left(mailboxId, state.WaitUntil) == TimeSpan.Zero);
    }

    /// <summary>
    /// Moves the recorded times to the clock as it is now: what began in its future begins now, and a wait lasts for what is left
    /// of it, or its whole length when another process recorded it.
    /// </summary>
    internal async Task CorrectAsync(int mailboxId, long epoch, MailboxState state, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        // What was recorded since the state was read is right.
        var unchanged = db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch
            && m.WaitUntil == state.WaitUntil && m.PaceSharedAt == state.PaceSharedAt && m.HeldAt == state.HeldAt);
        if (!await unchanged.AnyAsync(ct))
        {
            return;
        }

        var now = time.GetUtcNow();
        var left = _waits.Left(mailboxId, state.WaitUntil) ?? Bounded(state.WaitUntil - (state.PaceSharedAt ?? now) ?? TimeSpan.Zero);
        var until = state.WaitUntil is null ? (DateTimeOffset?)null : now + left;
        var changed = await unchanged.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.WaitUntil, until)
            .SetProperty(m => m.PaceSharedAt, Earlier(state.PaceSharedAt, now))
            .SetProperty(m => m.HeldAt, Earlier(state.HeldAt, now)), ct);
        await ForgetFuturePassAsync(db, mailboxId, now, ct);
        await transaction.CommitAsync(ct);
        if (changed == 1 && until is { } corrected)
        {
            _waits.Began(mailboxId, corrected, left);
        }

        signals.Changed(mailboxId);
    }

    // A check that passed in the future of a clock since set back would end each new hold and wait as soon as it begins.
    private static Task<int> ForgetFuturePassAsync(NotificationsDbContext db, int mailboxId, DateTimeOffset now, CancellationToken ct) =>
        db.Set<SettingsRevision>()
            .Where(r => r.State == RevisionState.Active && r.PassedAt > now)
            .Where(r => db.Set<Mailbox>().Any(m => m.Id == mailboxId && m.RulesetId == r.RulesetId))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PassedAt, now), ct);

    private static TimeSpan Bounded(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait < WaitSchedule.Longest ? wait : WaitSchedule.Longest;

    private static DateTimeOffset? Earlier(DateTimeOffset? at, DateTimeOffset now) => at > now ? now : at;
}
