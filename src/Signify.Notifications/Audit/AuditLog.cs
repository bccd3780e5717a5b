using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Audit;

/// <summary>The log of settings, users and keys: who, when, what.</summary>
public sealed class AuditLog(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time)
{
    private const int DetailsLimit = 4000;

    /// <summary>Adds an entry to the caller's unit of work: it is stored with the deed or not at all.</summary>
    public void Add(NotificationsDbContext db, Guid rulesetId, string by, AuditAction action, string target, string? details = null) =>
        db.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            RulesetId = rulesetId,
            At = time.GetUtcNow(),
            By = by,
            Action = action,
            Target = target,
            Details = details is { Length: > DetailsLimit } ? details[..(DetailsLimit - 1)] + "…" : details,
        });

    /// <summary>Stores an entry by itself, for a deed that changes no row of ours.</summary>
    public async Task WriteAsync(Guid rulesetId, string by, AuditAction action, string target, string? details, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        Add(db, rulesetId, by, action, target, details);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The last deed of that kind on that target whose details end so; null when there was none.</summary>
    public async Task<AuditEntry?> FindLastAsync(Guid rulesetId, AuditAction action, string target, string detailsEnd, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<AuditEntry>().AsNoTracking()
            .Where(e => e.RulesetId == rulesetId && e.Action == action && e.Target == target && e.Details!.EndsWith(detailsEnd))
            .OrderByDescending(e => e.At).FirstOrDefaultAsync(ct);
    }

    /// <summary>Newest first; <paramref name="olderThan"/> is the last entry of the page before.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(Guid rulesetId, Guid? olderThan, int most, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(e => e.RulesetId == rulesetId);
        if (olderThan is { } id && await entries.SingleOrDefaultAsync(e => e.Id == id, ct) is { } last)
        {
            entries = entries.Where(e => e.At < last.At || (e.At == last.At && e.Id.CompareTo(last.Id) < 0));
        }

        return await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(most).ToListAsync(ct);
    }
}
