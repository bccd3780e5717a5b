using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>
/// Deletes mailings while their messages are sent. What was in flight then may still be sent, once; nothing else of them, and nothing
/// remains.
/// </summary>
internal sealed class Deletions(PumpLab lab)
{
    private readonly ConcurrentDictionary<string, int> _allowed = new();
    private readonly ConcurrentBag<string> _sentLater = [];
    private readonly ConcurrentBag<long> _mailings = [];

    public int Count => _mailings.Count;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="arrived">The message that the server is about to answer.</param>
    public async Task DeleteMailingOfAsync(string arrived)
    {
        var rows = await lab.RowsAsync();
        if (rows.FirstOrDefault(n => n.To == arrived) is not { MailingId: var mailing }
            || await lab.Library.Get<MailingControl>().DeleteAsync(TestLibrary.Ruleset, mailing, "ada", Ct) is not ControlResult.Done)
        {
            return;
        }

        _mailings.Add(mailing);
        await using var db = lab.Library.NewContext();
        var inFlight = await db.Set<InFlight>().Select(f => f.NotificationId).ToListAsync(Ct);
        foreach (var n in rows.Where(n => n.MailingId == mailing))
        {
            _allowed[n.To] = n.To != arrived && inFlight.Contains(n.Id) ? 1 : 0;
        }
    }

    /// <summary>A message was recorded as in flight and is about to be sent.</summary>
    public void Begin(string to)
    {
        if (_allowed.TryGetValue(to, out var left))
        {
            _allowed[to] = 0;
            if (left == 0)
            {
                _sentLater.Add(to);
            }
        }
    }

    public async Task<bool> AreUnfinishedAsync()
    {
        await using var db = lab.Library.NewContext();
        return await db.Set<Mailing>().AnyAsync(m => m.State == MailingState.Deleting, Ct);
    }

    public async Task AssertAsync()
    {
        await using var db = lab.Library.NewContext();
        var (gone, rows) = (_mailings.ToList(), db.Set<Notification>());
        Assert.Empty(_sentLater);
        Assert.False(await db.Set<Mailing>().AnyAsync(m => gone.Contains(m.Id), Ct), "A deleted mailing remains.");
        Assert.False(await rows.AnyAsync(n => gone.Contains(n.MailingId), Ct), "Rows of a deleted mailing remain.");
        Assert.False(await db.Set<MailingContent>().AnyAsync(c => gone.Contains(c.MailingId), Ct),
            "The text of a deleted mailing remains.");
        Assert.False(await db.Set<Attempt>().AnyAsync(a => !rows.Any(n => n.Id == a.NotificationId), Ct),
            "Attempts of a deleted mailing remain.");
        Assert.False(await db.Set<InFlight>().AnyAsync(Ct), "A message is still recorded as in flight.");
    }
}
