using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>The mailings a sender has in hand, each read and prepared once. Used by one sender.</summary>
internal sealed class MailingMails(IDbContextFactory<NotificationsDbContext> contexts, string from, string? fromName) : IDisposable
{
    private const int Most = 50;

    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly ConcurrentDictionary<long, MailingMail> _ready = new();
    private readonly Queue<long> _order = [];

    /// <returns>Null when the mailing is gone.</returns>
    public ValueTask<MailingMail?> FindAsync(long mailingId, CancellationToken ct) =>
        _ready.TryGetValue(mailingId, out var ready) ? new ValueTask<MailingMail?>(ready) : LoadOnceAsync(mailingId, ct);

    public void Dispose() => _loading.Dispose();

    private async ValueTask<MailingMail?> LoadOnceAsync(long mailingId, CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            return _ready.GetValueOrDefault(mailingId) ?? await LoadAsync(mailingId, ct);
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<MailingMail?> LoadAsync(long mailingId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var mailing = await db.Set<Mailing>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailingId, ct);
        var content = await db.Set<MailingContent>().AsNoTracking().SingleOrDefaultAsync(c => c.MailingId == mailingId, ct);
        if (mailing is null || content is null)
        {
            return null;
        }

        var attachments = await db.Set<MailingAttachment>().AsNoTracking().Where(a => a.MailingId == mailingId).OrderBy(a => a.Number).ToListAsync(ct);
        if (_order.Count >= Most)
        {
            _ready.TryRemove(_order.Dequeue(), out _);
        }

        _order.Enqueue(mailingId);
        return _ready[mailingId] = new MailingMail(mailing, content, attachments, from, fromName);
    }
}
