using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>What became of each notification of a mailing, in the order of its recipients.</summary>
public sealed class ResultReader(IDbContextFactory<NotificationsDbContext> contexts)
{
    // Read in pages: a slow download holds no transaction open.
    private const int PageSize = 1000;

    /// <summary>Of a mailing that the caller knows to be its own.</summary>
    public async IAsyncEnumerable<NotificationResult> ReadAsync(long mailingId, [EnumeratorCancellation] CancellationToken ct)
    {
        long last = 0;
        List<(long Id, NotificationResult Result)> page;
        do
        {
            page = await PageAsync(mailingId, last, ct);
            foreach (var (id, result) in page)
            {
                last = id;
                yield return result;
            }
        }
        while (page.Count == PageSize);
    }

    private async Task<List<(long Id, NotificationResult Result)>> PageAsync(long mailingId, long after, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Set<Notification>().AsNoTracking().Where(n => n.MailingId == mailingId && n.Id > after).OrderBy(n => n.Id).Take(PageSize)
            .Select(n => new
            {
                n.Id,
                n.To,
                n.State,
                n.EndedAt,
                Response = db.Set<Attempt>().Where(a => a.NotificationId == n.Id).OrderByDescending(a => a.Number).Select(a => a.Words).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return [.. rows.Select(r => (r.Id, new NotificationResult(r.To, r.State, r.EndedAt, r.Response)))];
    }
}

/// <param name="Response">What the server answered to the last attempt, without secrets.</param>
public sealed record NotificationResult(string To, NotificationState State, DateTimeOffset? EndedAt, string? Response);
