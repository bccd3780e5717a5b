using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Alerts;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Commands;

/// <summary>A new key for everything: stored secrets and second steps are closed anew, and the keys before it open nothing any more.</summary>
internal static class RekeyCommand
{
    public static Command Command { get; } = new(
        "rekey",
        "rekey [--leave-unreadable]",
        "Makes a new key, closes every stored secret with it and revokes the keys before it: after a leak, or when Keys:Certificate was changed. Stop the program first. Everybody signs in again.",
        [], ["leave-unreadable"], "Cannot replace the keys", RunAsync);

    private static async Task RunAsync(CommandLine line, CancellationToken ct)
    {
        var (made, former) = await MakeKeyAsync(line, ct);
        // Built anew: a key ring that has been read goes on closing with the key it knows while it is read again.
        await using var services = CommandServices.Build(line);
        RefuseOtherKey(services.GetRequiredService<IDataProtectionProvider>(), made);
        await using var db = await services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(ct);
        var done = await RecloseAsync(services, db, ct);
        foreach (var ruleset in await db.Set<Ruleset>().Select(r => r.Id).ToListAsync(ct))
        {
            services.GetRequiredService<AuditLog>().Add(db, ruleset, "operator", AuditAction.KeysReplaced, "the key ring", $"new key {made}; {former.Count} revoked");
        }

        await db.SaveChangesAsync(ct);
        // Their cookies are closed with the former keys.
        await db.Set<UserSession>().ExecuteDeleteAsync(ct);
        // Afterwards: a process that dies in between leaves everything readable, and rekey can be called again.
        former.ForEach(id => services.GetRequiredService<IKeyManager>().RevokeKey(id, "Replaced by the rekey command."));
        Console.WriteLine($"Key {made} closes {done.Closed} stored values now; {former.Count} {(former.Count == 1 ? "key is" : "keys are")} revoked. Everybody signs in again.");
        if (done.Unreadable > 0)
        {
            Console.WriteLine($"{done.Unreadable} stored values could not be opened and stay unreadable: enter those secrets again.");
        }
    }

    private static async Task<(Guid Made, List<Guid> Former)> MakeKeyAsync(CommandLine line, CancellationToken ct)
    {
        await using var services = CommandServices.Build(line);
        await services.PrepareDatabaseAsync(ct);
        await using var db = await services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(ct);
        await RefuseUnreadableAsync(services, db, line.Has("leave-unreadable"), ct);
        var keys = services.GetRequiredService<IKeyManager>();
        var former = keys.GetAllKeys().Where(k => !k.IsRevoked).Select(k => k.KeyId).ToList();
        var now = TimeProvider.System.GetUtcNow();
        return (keys.CreateNewKey(now, now + services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.NewKeyLifetime).KeyId, former);
    }

    /// <summary>What another key closed would be lost with that key. A protected payload names its key after four bytes (Data Protection, "Authenticated encryption details").</summary>
    private static void RefuseOtherKey(IDataProtectionProvider protection, Guid made)
    {
        var closing = new Guid(protection.CreateProtector("which key closes").Protect([]).AsSpan(4, 16));
        if (closing != made)
        {
            throw new BackupRefusedException($"The key {made} was made, but the key ring closes with {closing} still. Nothing was changed. Is the clock of this machine behind, or does another process make keys?");
        }
    }

    /// <summary>First without changing anything: what cannot be opened now could never be opened again.</summary>
    private static async Task RefuseUnreadableAsync(IServiceProvider services, NotificationsDbContext db, bool leave, CancellationToken ct)
    {
        var tried = await RecloseAsync(services, db, ct);
        db.ChangeTracker.Clear();
        if (tried.Unreadable > 0 && !leave)
        {
            throw new BackupRefusedException(
                $"{tried.Unreadable} of {tried.Closed + tried.Unreadable} stored values cannot be opened, and then never could. "
                + "Is an earlier certificate missing in Keys:Former, or a file in keys? To go on without them, add --leave-unreadable.");
        }
    }

    private static async Task<Reclosed> RecloseAsync(IServiceProvider services, NotificationsDbContext db, CancellationToken ct)
    {
        var reclosing = services.GetRequiredService<SecretReclosing>();
        var settings = await reclosing.RevisionsAsync(db, ct);
        var webhooks = await AlertSettings.RecloseAsync(db, reclosing, ct);
        return settings.And(webhooks).And(await UserTokens.RecloseAsync(db, services.GetRequiredService<IDataProtectionProvider>(), ct));
    }
}
