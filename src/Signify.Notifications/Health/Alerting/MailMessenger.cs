using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health.Alerting;

/// <summary>Tells by e-mail, through the ruleset's own route. Each address gets each alert once: the hand-in's key says so, restart or not.</summary>
public sealed class MailMessenger(
    IDbContextFactory<NotificationsDbContext> contexts, Members members, AlertSettings settings, INotificationQueue queue, IOptions<AlertOptions> options, TimeProvider time)
{
    /// <summary>An alert that waited longer than this in the queue has been overtaken by events.</summary>
    private static readonly TimeSpan Useful = TimeSpan.FromDays(2);

    internal async Task<Told> TellAsync(RaisedAlert alert, string ruleset, CancellationToken ct)
    {
        if (alert.EndedAt is not null && !alert.Kind.IsNews())
        {
            return new Told.Needless(AlertPhrases.MailOver());
        }

        var addresses = await AddressesAsync(alert.RulesetId, ct);
        if (addresses.Count == 0)
        {
            return new Told.Needless(AlertPhrases.MailToNobody());
        }

        return await RouteFaultAsync(alert.RulesetId, ct) is { } fault ? new Told.NotYet(fault) : await HandInAsync(alert, ruleset, addresses, ct);
    }

    private async Task<Told> HandInAsync(RaisedAlert alert, string ruleset, IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var refused = 0;
        foreach (var address in addresses)
        {
            var caller = new HandInCaller(alert.RulesetId, Recheck.Program, new IdempotencyKey(Key(alert, address)));
            switch (await queue.HandInAsync(caller, Message(alert, ruleset, address), ct))
            {
                case HandInOutcome.NotStored or HandInOutcome.KeyBusy:
                    return new Told.Failed(AlertPhrases.MailNotQueued());
                case HandInOutcome.Refused:
                    refused++;
                    break;
                default:
                    // Queued, now or before. A key that answers to another body was this alert's all the same.
                    break;
            }
        }

        var told = addresses.Count - refused;
        return told == 0
            ? new Told.Failed(AlertPhrases.MailNoAddressFits())
            : new Told.Done(AlertPhrases.MailQueued(told));
    }

    private NewNotification Message(RaisedAlert alert, string ruleset, string address) => new()
    {
        To = address,
        Subject = alert.Subject,
        Text = $"{alert.Text}\n\n{Link(alert.RulesetId)}{AlertPhrases.MailFooter(ruleset)}\n",
        Priority = Priority.Urgent,
        // From when it was raised: the same body each time it is handed in.
        ExpiresAt = time.GetUtcNow() < alert.At + Useful ? alert.At + Useful : null,
    };

    private string Link(Guid rulesetId) => options.Value.Link("/overview", rulesetId) is { } link ? $"{link}\n\n" : "";

    private static string Key(RaisedAlert alert, string address) =>
        $"alert-{alert.Id:N}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..16]}";

    private async Task<IReadOnlyList<string>> AddressesAsync(Guid rulesetId, CancellationToken ct)
    {
        var setting = await settings.ReadAsync(rulesetId, ct);
        var administrators = setting.MailAdministrators ? await members.ListAsync(rulesetId, ct) : [];
        // Whoever has not taken the invitation up has not said yet that the address is theirs.
        return [.. administrators.Where(m => m is { Role: MemberRole.Administrator, InvitedUntil: null }).Select(m => m.Email)
            .Concat(setting.Extra).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <returns>Why nothing would leave over the route now, for the page; null when it works as far as anyone knows.</returns>
    private async Task<string?> RouteFaultAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Set<SettingsRevision>().AnyAsync(r => r.RulesetId == rulesetId && r.State == RevisionState.Active, ct))
        {
            return AlertPhrases.MailWaitsForSettings();
        }

        if (await db.Set<Mailbox>().AnyAsync(m => m.RulesetId == rulesetId && m.Hold != Hold.None, ct))
        {
            return AlertPhrases.MailWaitsForResume();
        }

        return await AlertLog.Open(db, rulesetId).AnyAsync(a => a.Kind == AlertKind.ConfigurationFailed, ct)
            ? AlertPhrases.MailWaitsForCheck()
            : null;
    }
}
