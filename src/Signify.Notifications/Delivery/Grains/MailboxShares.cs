using Microsoft.EntityFrameworkCore;
using Npgsql;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>Who sends for how many mailboxes, and which should move so that all have about as many: a process that joins gets its share.</summary>
internal sealed class MailboxShares(IDbContextFactory<NotificationsDbContext> contexts)
{
    /// <summary>At most so many at a time: a mailbox that moves pauses for a moment.</summary>
    private const int MostMoves = 10;

    public async Task<IReadOnlyList<(int Mailbox, string To)>> MovesAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!db.Database.IsNpgsql())
        {
            return [];
        }

        await db.Database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(LeaseSql.Shares, (NpgsqlConnection)db.Database.GetDbConnection());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var shares = new Dictionary<string, int[]>();
        while (await reader.ReadAsync(ct))
        {
            shares[reader.GetString(0)] = reader.GetFieldValue<int[]>(1);
        }

        return Moves(shares);
    }

    /// <summary>From those who have more than one above their share to those who have less.</summary>
    internal static IReadOnlyList<(int Mailbox, string To)> Moves(IReadOnlyDictionary<string, int[]> shares)
    {
        if (shares.Count < 2)
        {
            return [];
        }

        var total = shares.Values.Sum(s => s.Length);
        var (least, most) = (total / shares.Count, ((total + shares.Count - 1) / shares.Count) + 1);
        var spare = shares.Where(s => s.Value.Length > most).OrderByDescending(s => s.Value.Length).SelectMany(s => s.Value.Skip(most - 1));
        var room = shares.Where(s => s.Value.Length < least).OrderBy(s => s.Value.Length).SelectMany(s => Enumerable.Repeat(s.Key, least - s.Value.Length));
        return [.. spare.Zip(room).Take(MostMoves)];
    }
}
