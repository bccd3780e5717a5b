using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Alerts;

/// <summary>
/// What was raised and has not ended. An alert that stands already is not raised again: people are told of what is new, and of
/// its end. Telling is durable: it is stored with the alert, and done by an instance that sends.
/// </summary>
public sealed class AlertLog(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, AlertSignal signal, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <returns>False when the same one stands already: nothing happens.</returns>
    public Task<bool> RaiseAsync(Alert alert, CancellationToken ct) => WriteAsync(alert.RulesetId, db => AddAsync(db, alert, ct), ct);

    /// <param name="about">Null ends all of the kind.</param>
    /// <returns>How many ended.</returns>
    public Task<int> EndAsync(Guid rulesetId, AlertKind kind, string? about, CancellationToken ct) =>
        WriteAsync(rulesetId, db => EndAsync(db, rulesetId, kind, about, ct), ct);

    /// <summary>What is true now, newest first.</summary>
    public async Task<IReadOnlyList<RaisedAlert>> OpenAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Open(db, rulesetId).AsNoTracking().OrderByDescending(a => a.At).ToListAsync(ct);
    }

    /// <summary>Newest first, with what became of telling them.</summary>
    public async Task<IReadOnlyList<RaisedAlert>> RecentAsync(Guid rulesetId, int most, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<RaisedAlert>().AsNoTracking().Include(a => a.Deliveries.OrderBy(d => d.Channel))
            .Where(a => a.RulesetId == rulesetId).OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(most).ToListAsync(ct);
    }

    /// <summary>Within the caller's transaction: raised with what made it true, or not at all. Call <see cref="Tell"/> after it.</summary>
    internal async Task<bool> AddAsync(NotificationsDbContext db, Alert alert, CancellationToken ct)
    {
        var said = AlertWords.Clean(alert);
        if (!said.Kind.IsNews() && await Open(db, said.RulesetId).AnyAsync(a => a.Kind == said.Kind && a.About == said.About, ct))
        {
            return false;
        }

        var now = time.GetUtcNow();
        await db.Set<RaisedAlert>().Where(a => a.RulesetId == said.RulesetId && a.EndedAt < now - Kept).ExecuteDeleteAsync(ct);
        var setting = await db.Set<AlertSetting>().AsNoTracking().SingleOrDefaultAsync(s => s.RulesetId == said.RulesetId, ct)
            ?? AlertSetting.Default(said.RulesetId);
        db.Add(new RaisedAlert
        {
            Id = Guid.CreateVersion7(now),
            RulesetId = said.RulesetId,
            Kind = said.Kind,
            About = said.About,
            Subject = said.Subject,
            Text = said.Text,
            At = now,
            EndedAt = said.Kind.IsNews() ? now : null,
            Deliveries = [.. Ways(setting, said.Kind, now)],
        });
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Within the caller's transaction.</summary>
    internal Task<int> EndAsync(NotificationsDbContext db, Guid rulesetId, AlertKind kind, string? about, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return Open(db, rulesetId).Where(a => a.Kind == kind && (about == null || a.About == about))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, now), ct);
    }

    /// <summary>To those who tell, once it is durable.</summary>
    internal void Tell() => signal.Raise();

    internal static IQueryable<RaisedAlert> Open(NotificationsDbContext db, Guid rulesetId) =>
        db.Set<RaisedAlert>().Where(a => a.RulesetId == rulesetId && a.EndedAt == null);

    private static IEnumerable<AlertDelivery> Ways(AlertSetting setting, AlertKind kind, DateTimeOffset now)
    {
        if (setting.Mails)
        {
            yield return kind.IsOfTheRoute()
                ? new AlertDelivery { Channel = AlertChannel.Mail, State = AlertDeliveryState.Skipped, DueAt = now, LastAt = now, LastWords = AlertPhrases.MailNotOnFailedRoute() }
                : new AlertDelivery { Channel = AlertChannel.Mail, State = AlertDeliveryState.Waiting, DueAt = now };
        }

        if (setting.WebhookUrl is not null)
        {
            yield return new AlertDelivery { Channel = AlertChannel.Webhook, State = AlertDeliveryState.Waiting, DueAt = now };
        }
    }

    private async Task<T> WriteAsync<T>(Guid rulesetId, Func<NotificationsDbContext, Task<T>> deed, CancellationToken ct)
    {
        T result;
        using (await turn.TakeAsync(ct))
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
            result = await deed(db);
            await transaction.CommitAsync(ct);
        }

        Tell();
        return result;
    }
}
