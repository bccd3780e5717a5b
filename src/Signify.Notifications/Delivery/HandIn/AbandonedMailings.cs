using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Mailings whose hand-in ended before its last line: a broken stream, a process that died. Nobody was told that they are queued,
/// nothing of them is ever sent; here they are deleted.
/// </summary>
internal sealed class AbandonedMailings(
    IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turns, ReceivingMailings receiving, ControlSweep control, DataFolder folder, TimeProvider time)
{
    // Other processes may be receiving in the same database, and none knows of the others' streams: after a day nobody is. Of its own
    // streams a process knows when they break.
    private static readonly TimeSpan Others = TimeSpan.FromDays(1);

    /// <summary>Marks them, so that nothing takes them up, and deletes one portion of some thousand rows of each mailbox.</summary>
    /// <returns>Whether it deleted something: call it again, then there may be more.</returns>
    public async Task<bool> DeletePortionAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await MarkAsync(db, ct);
        var mailboxes = await db.Set<Mailing>().Where(m => m.State != MailingState.Active && m.State == MailingState.Deleting).Select(m => m.MailboxId).Distinct().ToListAsync(ct);
        var some = false;
        foreach (var mailbox in mailboxes)
        {
            some |= await control.RunPortionAsync(mailbox, ct);
        }

        return some;
    }

    private async Task MarkAsync(NotificationsDbContext db, CancellationToken ct)
    {
        // In its turn: no hand-in of this process is between making its mailing and telling its number.
        using var turn = await turns.TakeAsync(ct);
        var (mine, broken) = (receiving.Ids, receiving.Broken);
        var before = folder.Holds(db) ? DateTimeOffset.MaxValue : time.GetUtcNow() - Others;
        var mailboxes = await db.Set<Mailbox>().Select(m => m.Id).ToListAsync(ct);
        // "Not active" for the sake of the index, which has only those.
        await db.Set<Mailing>()
            .Where(m => mailboxes.Contains(m.MailboxId) && m.State != MailingState.Active && m.State == MailingState.Receiving && (m.CreatedAt < before || broken.Contains(m.Id)) && !mine.Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailingState.Deleting).SetProperty(m => m.RowsFollow, true), ct);
        receiving.Swept(broken);
    }
}
