using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Settings;

/// <summary>Closes secrets that are stored already anew, under the newest key of the ring. Who set them and when stays.</summary>
public sealed class SecretReclosing(SecretProtector protector)
{
    /// <summary>The secrets of every revision, those that history keeps too. Within the caller's unit of work.</summary>
    public async Task<Reclosed> RevisionsAsync(NotificationsDbContext db, CancellationToken ct)
    {
        var all = new Reclosed(0, 0);
        foreach (var r in await db.Set<SettingsRevision>().ToListAsync(ct))
        {
            all = all
                .And(Try(db, r.Password, r.RulesetId, SettingsField.Password))
                .And(Try(db, r.ClientSecret, r.RulesetId, SettingsField.ClientSecret))
                .And(Try(db, r.StandbySecret, r.RulesetId, SettingsField.StandbySecret))
                .And(Try(db, r.CertificateKey, r.RulesetId, SettingsField.ClientCertificate));
        }

        return all;
    }

    /// <param name="stored">A secret of a row that <paramref name="db"/> watches; null when there is none.</param>
    public Reclosed Try(NotificationsDbContext db, StoredSecret? stored, Guid rulesetId, string field)
    {
        if (stored is null)
        {
            return new Reclosed(0, 0);
        }

        if (protector.TryMove(stored, rulesetId, field, field) is not { } closed)
        {
            return new Reclosed(0, 1);
        }

        db.Entry(stored).Property(s => s.Ciphertext).CurrentValue = closed.Ciphertext;
        return new Reclosed(1, 0);
    }
}

/// <param name="Closed">How many are closed by the newest key now.</param>
/// <param name="Unreadable">How many the key ring does not open, and which stay as they are.</param>
public sealed record Reclosed(int Closed, int Unreadable)
{
    public Reclosed And(Reclosed more) => new(Closed + more.Closed, Unreadable + more.Unreadable);
}
