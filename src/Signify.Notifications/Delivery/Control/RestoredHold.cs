using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Delivery.Control;

/// <summary>
/// After a restore: a copy does not know what was sent after it was taken, and would send it again. So every ruleset with something to
/// send is held until a person has looked. See docs/decisions/0022.
/// </summary>
public sealed class RestoredHold(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, AuditLog audit, TimeProvider time)
{
    private const string Program = "Signify Notifications";

    /// <summary>Holds when the database is a copy that no program has started on yet. Call it before anything is sent.</summary>
    /// <returns>Null when it is no copy; else when it was taken and how many rulesets are held.</returns>
    public async Task<(DateTimeOffset TakenAt, int Held)?> HoldCopyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await CopyMark.ReadAsync(db, ct) is { } takenAt ? (takenAt, await HoldAsync(takenAt, ct)) : null;
    }

    /// <param name="takenAt">When the copy was taken; null when nobody knows.</param>
    /// <returns>How many rulesets are held.</returns>
    public async Task<int> HoldAsync(DateTimeOffset? takenAt, CancellationToken ct)
    {
        using var mine = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxesAsync(await db.Set<Mailbox>().Select(m => m.Id).ToListAsync(ct), ct);
        var held = 0;
        foreach (var ruleset in await db.Set<Ruleset>().Select(r => r.Id).ToListAsync(ct))
        {
            held += await HoldAsync(db, ruleset, takenAt, ct) ? 1 : 0;
        }

        // Among the sessions of a copy are some that were ended after it was taken.
        await db.Set<UserSession>().ExecuteDeleteAsync(ct);
        if (db.Database.IsSqlite())
        {
            await CopyMark.ClearAsync(db, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return held;
    }

    private async Task<bool> HoldAsync(NotificationsDbContext db, Guid rulesetId, DateTimeOffset? takenAt, CancellationToken ct)
    {
        var mailbox = await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.RulesetId == rulesetId, ct);
        if (mailbox is null || !await db.Set<Notification>().AnyAsync(n => n.MailboxId == mailbox.Id && n.State < NotificationState.Sent, ct))
        {
            audit.Add(db, rulesetId, Program, AuditAction.Restored, Copy(takenAt), "Nothing waited, so sending is not held.");
            return false;
        }

        var was = mailbox.Hold == Hold.None ? "" : $" Before, the hold was: {mailbox.Hold}.";
        (mailbox.Hold, mailbox.HeldAt, mailbox.HeldBy, mailbox.HoldCode) = (Hold.Restored, time.GetUtcNow(), null, null);
        mailbox.HoldWords = $"Restored from {Copy(takenAt)}. What was sent after that time stands as waiting here, and what was handed in after it is missing.";
        mailbox.ControlVersion++;
        audit.Add(db, rulesetId, Program, AuditAction.Restored, Copy(takenAt), "Sending is held." + was);
        return true;
    }

    private static string Copy(DateTimeOffset? takenAt) => takenAt is { } at
        ? $"a copy of {at.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}"
        : "a copy";
}
