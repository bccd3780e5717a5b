using Microsoft.EntityFrameworkCore.Storage;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Rulesets;

public static class RulesetRows
{
    /// <summary>
    /// Begins a transaction that is the only one to change what belongs to the ruleset: settings, users' access, keys, alerts. What it
    /// reads stays true until it ends, whichever process others ask.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginForRulesetAsync(
        this NotificationsDbContext db, Guid rulesetId, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync($"""FROM "Rulesets" WHERE "Id" = {rulesetId}""", ct);
        return transaction;
    }

    /// <summary>The same for what belongs to no ruleset alone: that an address has one account, and a name one ruleset.</summary>
    public static Task<IDbContextTransaction> BeginForInstallationAsync(this NotificationsDbContext db, CancellationToken ct) =>
        // Its first ruleset is always there.
        db.BeginForRulesetAsync(Ruleset.DefaultId, ct);
}
