using System.Net;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>What must be true of everything that came to the sink, whatever was done to the processes.</summary>
internal static class Proof
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void NothingLost(ClusterLab lab) => Assert.Equal(lab.Total, lab.Sink.Different);

    /// <param name="over">The connections over which a double may have gone the first time: those of the victim.</param>
    public static void DoubledAtMostWhatWasOnItsWay(ClusterLab lab, IReadOnlySet<IPEndPoint> over)
    {
        var connections = lab.Sink.Connections.Where(c => over.Contains(c.From)).Select(c => c.Id).ToHashSet();
        var doubled = lab.Sink.Arrivals.GroupBy(a => a.MessageId).Where(g => g.Count() > 1).Select(g => g.OrderBy(a => a.At).ToList()).ToList();
        Assert.All(doubled, arrivals => Assert.True(arrivals.Count == 2 && connections.Contains(arrivals[0].Connection),
            $"{arrivals[0].MessageId} came {arrivals.Count} times, first over a connection that nothing happened to."));
        // At most one for each connection.
        Assert.All(doubled.GroupBy(arrivals => arrivals[0].Connection), onOne => Assert.Single(onOne));
    }

    /// <summary>Never more in any minute, whoever sent.</summary>
    public static void PaceKept(ClusterLab lab)
    {
        foreach (var mailbox in lab.Sink.Arrivals.GroupBy(a => a.Mailbox))
        {
            var times = mailbox.Select(a => a.At).Order().ToList();
            for (var i = lab.PerMinute; i < times.Count; i++)
            {
                Assert.True(times[i] - times[i - lab.PerMinute] >= Minute - TimeSpan.FromMilliseconds(50),
                    $"{mailbox.Key}: {lab.PerMinute + 1} messages in {(times[i] - times[i - lab.PerMinute]).TotalSeconds:0.0} s.");
            }
        }
    }

    /// <summary>At no instant more connections than the pace allows.</summary>
    /// <param name="besides">Those that a process held which could not close them: it was frozen or cut off.</param>
    public static void ConnectionsKept(ClusterLab lab, IReadOnlySet<IPEndPoint>? besides = null)
    {
        foreach (var mailbox in lab.Sink.Connections.Where(c => c.Mailbox is not null && besides?.Contains(c.From) != true).GroupBy(c => c.Mailbox))
        {
            var changes = mailbox.SelectMany(c => new[] { (At: c.OpenedAt, By: 1), (At: c.ClosedAt ?? DateTimeOffset.MaxValue, By: -1) }).OrderBy(c => c.At).ThenBy(c => c.By);
            var open = 0;
            foreach (var change in changes)
            {
                open += change.By;
                Assert.True(open <= ClusterLab.Connections, $"{mailbox.Key}: {open} connections at {change.At:O}.");
            }
        }
    }

    /// <summary>No mailbox that had a connection of the victim's stood still for longer while something waited in it.</summary>
    /// <param name="within">On an idle machine; on a slower one as many times longer as its program took to start.</param>
    /// <returns>The longest that one did.</returns>
    public static TimeSpan RunningAgain(ClusterLab lab, IReadOnlySet<IPEndPoint> victims, DateTimeOffset since, TimeSpan within)
    {
        var mailboxes = lab.Sink.MailboxesOf(victims);
        Assert.NotEmpty(mailboxes);
        within *= lab.Slowness;
        var longest = TimeSpan.Zero;
        foreach (var mailbox in mailboxes)
        {
            // The last of them come in order; what came before the harm was done does not count.
            var times = lab.Sink.Arrivals.Where(a => a.Mailbox == mailbox).GroupBy(a => a.MessageId).Select(g => g.Min(a => a.At)).Where(at => at > since).Order().Prepend(since);
            foreach (var (before, after) in times.Zip(times.Skip(1)))
            {
                Assert.True(after - before < within, $"{mailbox} stood still for {(after - before).TotalSeconds:0.0} s.");
                longest = after - before > longest ? after - before : longest;
            }
        }

        return longest;
    }
}
