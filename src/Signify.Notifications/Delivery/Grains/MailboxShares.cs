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

    /// <summary>So far apart may they be: a mailbox that comes or goes moves no other.</summary>
    private const int Calm = 2;

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

    /// <summary>One after the other from who has most to who has least, once they are more than two apart, until they are level.</summary>
    internal static IReadOnlyList<(int Mailbox, string To)> Moves(IReadOnlyDictionary<string, int[]> shares)
    {
        var moves = new List<(int Mailbox, string To)>();
        var left = shares.Select(s => (Process: s.Key, Mailboxes: s.Value.Order().ToList())).OrderBy(s => s.Process, StringComparer.Ordinal).ToList();
        for (var apart = Apart(left); apart > (moves.Count == 0 ? Calm : 1) && moves.Count < MostMoves; apart = Apart(left))
        {
            var (from, to) = (left.MaxBy(s => s.Mailboxes.Count), left.MinBy(s => s.Mailboxes.Count));
            var mailbox = from.Mailboxes[0];
            from.Mailboxes.RemoveAt(0);
            to.Mailboxes.Add(mailbox);
            moves.Add((mailbox, to.Process));
        }

        return moves;
    }

    private static int Apart(List<(string Process, List<int> Mailboxes)> shares) =>
        shares.Count == 0 ? 0 : shares.Max(s => s.Mailboxes.Count) - shares.Min(s => s.Mailboxes.Count);
}
