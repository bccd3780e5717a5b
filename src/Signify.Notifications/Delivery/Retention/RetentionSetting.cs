using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Retention;

/// <summary>How long a ruleset keeps finished mailings.</summary>
public sealed class RetentionSetting(
    IDbContextFactory<NotificationsDbContext> contexts, ControlTransaction write, AuditLog audit, IOptions<RetentionOptions> options)
{
    public async Task<RetentionDays> ReadAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await db.Set<Mailbox>().Where(m => m.RulesetId == rulesetId).Select(m => m.RetentionDays).SingleOrDefaultAsync(ct);
        return new RetentionDays(own, options.Value.KeepDays);
    }

    /// <param name="days">1 to 3650; null goes back to the operator's default.</param>
    /// <returns>False when <paramref name="days"/> is out of range: nothing was stored.</returns>
    public async Task<bool> SetAsync(Guid rulesetId, int? days, string by, CancellationToken ct)
    {
        if (days is < RetentionDays.Fewest or > RetentionDays.Most)
        {
            return false;
        }

        return await write.RunAsync(rulesetId, async db =>
        {
            var mailbox = await db.MailboxAsync(rulesetId, ct);
            if (mailbox.RetentionDays != days)
            {
                audit.Add(db, rulesetId, by, AuditAction.RetentionChanged, "retention", $"{InWords(mailbox.RetentionDays)} → {InWords(days)}");
                mailbox.RetentionDays = days;
            }

            return true;
        }, ct);
    }

    private static string InWords(int? days) => days is { } own ? $"{own} days" : "the default";
}
