using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Turns, connections and limits among the rulesets that share a mailbox, without a sender.</summary>
public sealed class SharedLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_free_goes_to_the_one_that_had_its_turn_longest_ago()
    {
        var turns = new PaceTurns();
        turns.Took(1);
        turns.Waits(2, Now);

        Assert.False(turns.Is(1, Now));
        Assert.True(turns.Is(2, Now));
    }

    [Fact]
    public void One_whose_time_has_not_come_or_that_does_not_come_back_holds_nobody_up()
    {
        var turns = new PaceTurns();
        turns.Took(1);
        turns.Waits(2, Now.AddSeconds(10));

        Assert.True(turns.Is(1, Now));
        Assert.False(turns.Is(1, Now.AddSeconds(11)));
        Assert.True(turns.Is(1, Now.AddSeconds(13)));
    }

    [Fact]
    public void Connections_are_divided_as_soon_as_another_one_needs_some()
    {
        var connections = new PaceConnections();
        connections.Add(1);
        Assert.True(connections.TryEnter(1, 3, Now));
        Assert.Equal(3, connections.Allow(1, 3, 3));
        connections.Add(2);

        Assert.False(connections.TryEnter(2, 3, Now));
        Assert.Equal(1, connections.Allow(1, 3, 3));
        Assert.True(connections.TryEnter(2, 3, Now));
    }

    [Fact]
    public void More_rulesets_than_connections_take_turns()
    {
        var connections = new PaceConnections();
        int[] rulesets = [1, 2, 3];
        Array.ForEach(rulesets, connections.Add);
        var entered = new List<int>();
        for (var run = 0; run < 9; run++)
        {
            // In the same order each time, so that only turns make it even.
            var at = Now.AddMilliseconds(run);
            foreach (var ruleset in rulesets.Where(r => connections.TryEnter(r, 1, at)))
            {
                entered.Add(ruleset);
            }

            connections.Closed(entered[^1]);
        }

        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3], entered);
    }

    [Fact]
    public void Over_two_routes_the_smaller_limits_count()
    {
        var pace = new Pace(new PaceLimits(4, null, 100), [(Now.AddSeconds(-30), 1), (Now.AddSeconds(-20), 1)], 1, null);

        pace.Restrict(new PaceLimits(3, 2, 1000), []);
        pace.Restrict(new PaceLimits(9, 60, 50), []);

        Assert.Equal(Now.AddSeconds(30), pace.NextAt(Now, 1));
        Assert.Equal(3, pace.ConnectionsAt(Now));
        Assert.Equal(Now.AddHours(24).AddSeconds(-30), pace.DayFreeAt(Now, 49));
    }

    [Fact]
    public void A_limit_that_comes_to_a_mailbox_without_one_counts_what_was_sent_before()
    {
        var pace = new Pace(new PaceLimits(4, null, null), [], 1, null);
        pace.Started(Now, 1);

        pace.Restrict(new PaceLimits(3, 60, 3), [(Now.AddHours(-2), 1), (Now.AddHours(-1), 2)]);
        pace.Completed(Now, 0);

        Assert.Equal(Now.AddHours(22), pace.DayFreeAt(Now, 1));
        Assert.Equal(Now.AddHours(23), pace.DayFreeAt(Now, 2));
    }
}
