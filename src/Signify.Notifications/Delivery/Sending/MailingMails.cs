using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>The mailings of one sender, each read and prepared once for as long as the cache has room.</summary>
internal sealed class MailingMails(
    IDbContextFactory<NotificationsDbContext> contexts, MailingCache cache, string from, string? fromName) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);

    /// <returns>Null when the mailing is gone.</returns>
    public ValueTask<MailingMail?> FindAsync(long mailingId, CancellationToken ct) =>
        cache.Find(this, mailingId) is { } ready ? new ValueTask<MailingMail?>(ready) : LoadOnceAsync(mailingId, ct);

    public void Dispose()
    {
        cache.RemoveAll(this);
        _loading.Dispose();
    }

    private async ValueTask<MailingMail?> LoadOnceAsync(long mailingId, CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            return cache.Find(this, mailingId) ?? await LoadAsync(mailingId, ct);
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

        var attachments = await db.Set<MailingAttachment>().AsNoTracking()
            .Where(a => a.MailingId == mailingId).OrderBy(a => a.Number).ToListAsync(ct);
        var mail = new MailingMail(mailing, content, attachments, from, fromName);
        // A mailing of one is sent once: to cache it only evicts what is needed again.
        if (!mailing.OfOne)
        {
            cache.Add(this, mailingId, mail);
        }

        return mail;
    }
}
