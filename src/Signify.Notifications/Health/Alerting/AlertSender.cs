using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Alerts;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Health.Alerting;

/// <summary>
/// Tells what is due, oldest first, in one process of all. A process that dies between telling and recording tells a webhook
/// again, which the alert's id lets the receiver see; an e-mail goes once whatever happens.
/// </summary>
public sealed partial class AlertSender(
    IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, MailMessenger mail, WebhookMessenger webhook, TimeProvider time, ILogger<AlertSender> logger)
{
    private const int Portion = 20;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WebhookLimit = TimeSpan.FromDays(1);
    private static readonly TimeSpan MailLimit = TimeSpan.FromDays(7);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    public async Task TellDueAsync(CancellationToken ct)
    {
        foreach (var delivery in await DueAsync(ct))
        {
            if (await ClaimAsync(delivery, ct))
            {
                await TellAsync(delivery, ct);
            }
        }
    }

    private async Task<IReadOnlyList<AlertDelivery>> DueAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        return await db.Set<AlertDelivery>().AsNoTracking().Where(d => d.State == AlertDeliveryState.Waiting && d.DueAt <= now)
            .OrderBy(d => d.Id).Take(Portion).ToListAsync(ct);
    }

    private async Task<bool> ClaimAsync(AlertDelivery delivery, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var until = time.GetUtcNow() + Lease;
        return await db.Set<AlertDelivery>().Where(d => d.Id == delivery.Id && d.State == AlertDeliveryState.Waiting && d.DueAt == delivery.DueAt)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, until), ct) == 1;
    }

    private async Task TellAsync(AlertDelivery delivery, CancellationToken ct)
    {
        var (alert, ruleset) = await AlertAsync(delivery.AlertId, ct);
        var told = delivery.Channel == AlertChannel.Mail ? await mail.TellAsync(alert, ruleset, ct) : await webhook.TellAsync(alert, ruleset, ct);
        // It was told: that is recorded even while the program is being stopped.
        await RecordAsync(delivery, alert, told, CancellationToken.None);
    }

    private async Task<(RaisedAlert Alert, string Ruleset)> AlertAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var alert = await db.Set<RaisedAlert>().AsNoTracking().SingleAsync(a => a.Id == id, ct);
        return (alert, await db.Set<Rulesets.Ruleset>().Where(r => r.Id == alert.RulesetId).Select(r => r.Name).SingleAsync(ct));
    }

    private async Task RecordAsync(AlertDelivery delivery, RaisedAlert alert, Told told, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var limit = alert.At + (delivery.Channel == AlertChannel.Mail ? MailLimit : WebhookLimit);
        var tried = told is not (Told.NotYet or Told.Needless);
        var attempts = delivery.Attempts + (tried ? 1 : 0);
        var due = told is Told.NotYet ? now + LookAgain : now + Waits[Math.Clamp(attempts - 1, 0, Waits.Length - 1)];
        var state = told switch
        {
            Told.Done => AlertDeliveryState.Delivered,
            Told.Needless => AlertDeliveryState.Skipped,
            // Its time may end between two tries: the last one is at the end.
            _ when now >= limit => AlertDeliveryState.GivenUp,
            _ => AlertDeliveryState.Waiting,
        };
        due = due > limit && now < limit ? limit : due;
        var words = AlertWords.Result(told.Words);
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<AlertDelivery>().Where(d => d.Id == delivery.Id && d.State == AlertDeliveryState.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.State, state).SetProperty(d => d.Attempts, attempts).SetProperty(d => d.DueAt, due)
            .SetProperty(d => d.LastAt, d => tried ? now : d.LastAt).SetProperty(d => d.LastWords, words), ct);
        if (told is not Told.NotYet)
        {
            LogTold(logger, alert.Kind, delivery.Channel, state, attempts);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Alert {Kind} by {Channel}: {State} at attempt {Attempt}.")]
    private static partial void LogTold(ILogger logger, AlertKind kind, AlertChannel channel, AlertDeliveryState state, int attempt);
}
