using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Whether a mailbox may send, and what its sender found out. Only the owner writes here; persons hold and resume elsewhere.</summary>
public sealed partial class MailboxStates(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, AuditLog audit,
    DeliverySignals signals, TimeProvider time)
{
    private const string Program = "Signify Notifications";
    private const int MostWords = 2000;

    private readonly MailboxStateReader _reader = new(contexts, time);

    /// <summary>What a sender must know before each step; callers share queries.</summary>
    public Task<MailboxState> ReadAsync(int mailboxId, CancellationToken ct) => _reader.ReadAsync(mailboxId, ct);

    public async Task<SettingsRevision> ActiveRevisionAsync(Guid revisionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<SettingsRevision>().AsNoTracking().SingleAsync(r => r.Id == revisionId, ct);
    }

    /// <summary>What counts against the provider's windows still, oldest first: of all rulesets that sent from the same mailbox.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, int Recipients)>> SentAsync(int mailboxId, string? key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sends = await (await SharedMailbox.SendsAsync(db, mailboxId, key, time.GetUtcNow().AddHours(-24), ct))
            .OrderBy(s => s.At).Select(s => new { s.At, s.Recipients }).ToListAsync(ct);
        return [.. sends.Select(s => (s.At, s.Recipients))];
    }

    /// <summary>Stops sending until someone mends it. One alert: nothing happens when it is held already.</summary>
    /// <returns>Whether this call held it.</returns>
    public async Task<bool> HoldAsync(int mailboxId, long epoch, Hold hold, Finding reason, string? words, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        var now = time.GetUtcNow();
        var told = Shorten(words is null ? reason.Message : $"{reason.Message} The server said: {words}");
        var changed = await db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch && m.Hold == Hold.None).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Hold, hold).SetProperty(m => m.HeldAt, now).SetProperty(m => m.HeldBy, (string?)null)
            .SetProperty(m => m.HoldCode, reason.Code).SetProperty(m => m.HoldWords, told)
            .SetProperty(m => m.ControlVersion, m => m.ControlVersion + 1), ct);
        if (changed == 1)
        {
            await ForgetFuturePassAsync(db, mailboxId, now, ct);
            var rulesetId = await db.Set<Mailbox>().Where(m => m.Id == mailboxId).Select(m => m.RulesetId).SingleAsync(ct);
            audit.Add(db, rulesetId, Program, AuditAction.SendingHeld, reason.Code.ToCode(), told);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        signals.Changed(mailboxId);
        return changed == 1;
    }

    /// <summary>Ends a hold for the configuration, after a passing check.</summary>
    public async Task LiftAsync(int mailboxId, long epoch, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        var changed = await db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch && m.Hold == Hold.Configuration).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Hold, Hold.None).SetProperty(m => m.HeldAt, (DateTimeOffset?)null)
            .SetProperty(m => m.HoldCode, (FindingCode?)null).SetProperty(m => m.HoldWords, (string?)null)
            .SetProperty(m => m.WaitUntil, (DateTimeOffset?)null).SetProperty(m => m.WaitCode, (FindingCode?)null)
            .SetProperty(m => m.WaitWords, (string?)null).SetProperty(m => m.Waits, 0)
            .SetProperty(m => m.ControlVersion, m => m.ControlVersion + 1), ct);
        if (changed == 1)
        {
            var rulesetId = await db.Set<Mailbox>().Where(m => m.Id == mailboxId).Select(m => m.RulesetId).SingleAsync(ct);
            audit.Add(db, rulesetId, Program, AuditAction.SendingResumed, "sending", "A check of the settings passed.");
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        signals.Changed(mailboxId);
    }

    private static string Shorten(string words) => words.Length <= MostWords ? words : words[..MostWords];
}
