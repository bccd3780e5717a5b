using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>
/// What changes in rulesets' delivery, as it changes: the rows are looked at each second, and at once when this process changed them,
/// while somebody follows. All who follow one ruleset share one look.
/// </summary>
public sealed class DeliveryFeed(
    IDbContextFactory<NotificationsDbContext> contexts, OverviewReader overview, MailingReader mailings, AllowedPace pace, DeliverySignals signals, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, RulesetFeed> _feeds = [];

    /// <summary>How many rulesets are being looked at.</summary>
    internal int Followed
    {
        get
        {
            lock (_gate)
            {
                return _feeds.Count;
            }
        }
    }

    /// <summary>
    /// First how things stand, then each change. Of one mailing at most one a second. Ends by itself when the database does not answer
    /// or the reader falls far behind: follow anew.
    /// </summary>
    public async IAsyncEnumerable<DeliveryEvent> FollowAsync(Guid rulesetId, [EnumeratorCancellation] CancellationToken ct)
    {
        var (feed, listener) = Join(rulesetId);
        try
        {
            await foreach (var change in listener.Reader.ReadAllAsync(ct))
            {
                yield return change;
            }
        }
        finally
        {
            Leave(rulesetId, feed, listener);
        }
    }

    private (RulesetFeed Feed, FeedListener Listener) Join(Guid rulesetId)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(rulesetId, out var feed) || feed.Ended)
            {
                _feeds[rulesetId] = feed = new RulesetFeed(new FeedLook(rulesetId, contexts, overview, mailings, pace, time), signals, time);
            }

            return (feed, feed.Add());
        }
    }

    private void Leave(Guid rulesetId, RulesetFeed feed, FeedListener listener)
    {
        lock (_gate)
        {
            if (!feed.Remove(listener))
            {
                return;
            }

            feed.Dispose();
            if (_feeds.GetValueOrDefault(rulesetId) == feed)
            {
                _feeds.Remove(rulesetId);
            }
        }
    }
}
