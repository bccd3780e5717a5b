using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Alerts;

/// <summary>Keeps who is told of a ruleset's alerts. The webhook's secret is write-only, as those of the settings are.</summary>
public sealed class AlertSettings(
    IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, SecretProtector protector, AuditLog audit, IOptions<AlertOptions> options)
{
    /// <summary>Addresses besides the administrators'.</summary>
    public const int ExtraLimit = 20;

    public const int ShortestSecret = 16;
    public const int LongestSecret = 256;

    private const string SecretField = "alertWebhookSecret";

    public async Task<AlertSetting> ReadAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<AlertSetting>().AsNoTracking().SingleOrDefaultAsync(s => s.RulesetId == rulesetId, ct) ?? AlertSetting.Default(rulesetId);
    }

    /// <summary>Why this cannot be stored, by field of <see cref="AlertInput"/>; empty when it can.</summary>
    public IReadOnlyDictionary<string, string> Judge(AlertInput input)
    {
        var faults = new Dictionary<string, string>();
        if (input.ExtraAddresses.Count > ExtraLimit)
        {
            faults[nameof(input.ExtraAddresses)] = AlertPhrases.TooManyAddresses(ExtraLimit);
        }

        if (input.WebhookUrl is { Length: > 0 } url && WebhookAddress.Fault(url, options.Value.AllowPrivateNetworks) is { } fault)
        {
            faults[nameof(input.WebhookUrl)] = fault;
        }

        if (input.WebhookSecret?.Reveal().Length is < ShortestSecret or > LongestSecret)
        {
            faults[nameof(input.WebhookSecret)] = AlertPhrases.SecretLength(ShortestSecret, LongestSecret);
        }

        return faults;
    }

    /// <summary>Stores what <see cref="Judge"/> has nothing against.</summary>
    public async Task SaveAsync(Guid rulesetId, AlertInput input, string by, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
        var row = await db.Set<AlertSetting>().SingleOrDefaultAsync(s => s.RulesetId == rulesetId, ct);
        if (row is null)
        {
            db.Add(row = AlertSetting.Default(rulesetId));
        }

        var before = Describe(row);
        row.MailAdministrators = input.MailAdministrators;
        row.ExtraAddresses = string.Join('\n', input.ExtraAddresses);
        row.WebhookUrl = input.WebhookUrl is { Length: > 0 } url ? url : null;
        row.WebhookSecret = input switch
        {
            { ForgetSecret: true } => null,
            { WebhookSecret: { } secret } => protector.Close(secret, rulesetId, SecretField, by),
            _ => row.WebhookSecret,
        };
        if (before != Describe(row))
        {
            audit.Add(db, rulesetId, by, AuditAction.AlertsChanged, "alerts", $"{before} → {Describe(row)}");
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Closes the secrets of all webhooks anew. Within the caller's unit of work.</summary>
    public static async Task<Reclosed> RecloseAsync(NotificationsDbContext db, SecretReclosing reclosing, CancellationToken ct) =>
        (await db.Set<AlertSetting>().ToListAsync(ct)).Aggregate(
            new Reclosed(0, 0), (all, s) => all.And(reclosing.Try(db, s.WebhookSecret, s.RulesetId, SecretField)));

    /// <returns>Null when there is none, or the key ring does not open it.</returns>
    internal SecretText? OpenSecret(AlertSetting setting) => protector.TryOpen(setting.WebhookSecret, setting.RulesetId, SecretField);

    // The host alone: the path of a webhook is often its password. The addresses are told by their number, as a log outlives the people in it.
    private static string Describe(AlertSetting s) => string.Join(", ",
        s.MailAdministrators ? "administrators by e-mail" : "administrators not by e-mail",
        $"{s.Extra.Count} more {(s.Extra.Count == 1 ? "address" : "addresses")}{(s.Extra.Count == 0 ? "" : $" ({Tag(s.ExtraAddresses)})")}",
        s.WebhookUrl is null ? "no webhook" : $"webhook {new Uri(s.WebhookUrl).Host} ({Tag(s.WebhookUrl)})",
        s.WebhookSecret is null ? "unsigned" : $"signed with {s.WebhookSecret.Fingerprint}");

    /// <summary>Tells that a value changed without telling the value.</summary>
    private static string Tag(string value) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(value)))[..6];
}
