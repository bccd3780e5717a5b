using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Control;

/// <summary>One change of delivery's rows: all of it or none, in its turn among the writers.</summary>
public sealed class ControlTransaction(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, DeliverySignals signals)
{
    internal Task<NotificationsDbContext> ReadAsync(CancellationToken ct) => contexts.CreateDbContextAsync(ct);

    internal Task<T> RunAsync<T>(int mailboxId, Func<NotificationsDbContext, Task<T>> deed, CancellationToken ct) =>
        RunAsync(db => db.BeginForMailboxAsync(mailboxId, ct), deed, ct);

    /// <param name="rulesetId">Whose mailbox it is about.</param>
    internal Task<T> RunAsync<T>(Guid rulesetId, Func<NotificationsDbContext, Task<T>> deed, CancellationToken ct) =>
        RunAsync(db => db.BeginForMailboxAsync(rulesetId, ct), deed, ct);

    /// <param name="rulesetId">Whose mailbox it is about.</param>
    /// <param name="others">Mailboxes that it changes as well.</param>
    internal Task<T> RunAsync<T>(Guid rulesetId, IReadOnlyCollection<int> others, Func<NotificationsDbContext, Task<T>> deed, CancellationToken ct) =>
        RunAsync(db => db.BeginForMailboxesAsync(rulesetId, others, ct), deed, ct);

    private async Task<T> RunAsync<T>(Func<NotificationsDbContext, Task<IDbContextTransaction>> begin, Func<NotificationsDbContext, Task<T>> deed, CancellationToken ct)
    {
        using var mine = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await begin(db);
        var result = await deed(db);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>Lets a sender with messages in hand see that it must look again. Within the deed's transaction.</summary>
    internal static Task RaiseAsync(NotificationsDbContext db, int mailboxId, CancellationToken ct) =>
        db.Set<Mailbox>().Where(m => m.Id == mailboxId).ExecuteUpdateAsync(set => set.SetProperty(m => m.ControlVersion, m => m.ControlVersion + 1), ct);

    /// <summary>Tells those who show it, once the deed is durable.</summary>
    internal void Announce(int mailboxId) => signals.Changed(mailboxId);
}
