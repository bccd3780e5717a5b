using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>The idempotency keys: those under way in this process, and those whose answer is kept.</summary>
internal sealed class HandInKeys(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turns, IOptions<HandInOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(int Mailbox, string Key), bool> _underWay = new();

    /// <returns>Dispose it when the call has ended; null while another call has the key.</returns>
    public IDisposable? TryBegin(int mailboxId, string key) =>
        _underWay.TryAdd((mailboxId, key), true) ? new UnderWay(() => _underWay.TryRemove((mailboxId, key), out _)) : null;

    public async Task<HandInKey?> FindAsync(int mailboxId, string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await NotStoredException.UnlessAsync(() => FindAsync(db, mailboxId, key, ct));
    }

    /// <summary>Within the caller's transaction.</summary>
    public Task<HandInKey?> FindAsync(NotificationsDbContext db, int mailboxId, string key, CancellationToken ct) =>
        db.Set<HandInKey>().AsNoTracking().SingleOrDefaultAsync(k => k.MailboxId == mailboxId && k.Key == key, ct);

    public HandInKey Row(int mailboxId, string key, byte[] bodyHash, long mailingId, HandInOutcome answer) => new()
    {
        MailboxId = mailboxId,
        Key = key,
        BodyHash = bodyHash,
        MailingId = mailingId,
        Answer = JsonSerializer.Serialize(new KeptAnswer(answer as HandInOutcome.NotificationQueued, answer as HandInOutcome.MailingQueued)),
        CreatedAt = time.GetUtcNow(),
    };

    /// <summary>The first answer again, or that the key was for another body.</summary>
    public static HandInOutcome Replay(HandInKey row, byte[] bodyHash) => !row.BodyHash.AsSpan().SequenceEqual(bodyHash)
        ? new HandInOutcome.KeyReused()
        : JsonSerializer.Deserialize<KeptAnswer>(row.Answer) switch
        {
            { Notification: { } notification } => notification with { Replayed = true },
            { Mailing: { } mailing } => mailing with { Replayed = true },
            _ => throw new InvalidOperationException("A kept answer is empty."),
        };

    /// <summary>Forgets some thousand of the keys that have been kept long enough.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> DeletePortionAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow().AddDays(-options.Value.KeepKeysDays);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var old = db.Set<HandInKey>().Where(k => k.CreatedAt < before);
        var last = await old.OrderBy(k => k.CreatedAt).Skip(RowPortions.Size - 1).Select(k => (DateTimeOffset?)k.CreatedAt).FirstOrDefaultAsync(ct);
        if (last is not null || await old.AnyAsync(ct))
        {
            using var turn = await turns.TakeAsync(ct);
            await old.Where(k => last == null || k.CreatedAt <= last).ExecuteDeleteAsync(ct);
        }

        return last is not null;
    }

    private sealed record KeptAnswer(HandInOutcome.NotificationQueued? Notification, HandInOutcome.MailingQueued? Mailing);

    private sealed class UnderWay(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
