using CsCheck;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Tests.Delivery.Sending;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly PaceLimits Exchange = new(3, 30, 10_000);

    [Fact]
    public void A_day_of_work_uses_the_whole_pace_and_is_never_refused()
    {
        // Without the daily limit, which a day at 30 a minute would exceed by far.
        var referee = new Referee(30, int.MaxValue);

        Simulate(new Pace(Exchange with { RecipientsPerDay = null }, [], 1, null), referee, Start, Start.AddHours(24), _ => TimeSpan.FromMilliseconds(400), () => 1);

        Assert.Equal(0, referee.Refusals);
        Assert.InRange(referee.Accepted / (24 * 60 * 30.0), 0.98, 1.001);
    }

    [Fact]
    public void Two_days_of_work_use_the_whole_daily_limit_and_are_never_refused()
    {
        var referee = new Referee(30, 10_000);

        Simulate(new Pace(Exchange, [], 1, null), referee, Start, Start.AddHours(48), _ => TimeSpan.FromMilliseconds(400), () => 1);

        Assert.Equal(0, referee.Refusals);
        Assert.InRange(referee.AcceptedBetween(Start, Start.AddHours(24)) / 10_000.0, 0.98, 1);
        Assert.InRange(referee.AcceptedBetween(Start.AddHours(24), Start.AddHours(48)) / 10_000.0, 0.98, 1);
    }

    [Fact]
    public void A_restart_at_any_moment_neither_forgets_nor_doubles_what_was_sent()
    {
        var referee = new Referee(30, 10_000);
        var sent = new List<(DateTimeOffset, int)>();
        var now = Start;
        for (var restart = 0; restart < 200; restart++)
        {
            var until = now.AddSeconds(37);
            now = Simulate(new Pace(Exchange, sent, 1, null), referee, now, until, _ => TimeSpan.FromMilliseconds(300), () => 1, sent);
        }

        Assert.Equal(0, referee.Refusals);
        Assert.InRange(referee.Accepted / ((now - Start).TotalMinutes * 30), 0.98, 1.01);
    }

    [Fact]
    public void Whatever_the_server_takes_and_however_many_recipients_a_message_has_nothing_is_refused() =>
        Gen.Select(Gen.Int[1, 20_000].Array[400], Gen.Int[1, 40].Array[400]).Sample(
            t =>
            {
                var (times, recipients) = t;
                var referee = new Referee(30, 2_000);
                var i = 0;
                Simulate(new Pace(new PaceLimits(3, 30, 2_000), [], 1, null), referee, Start, Start.AddHours(30),
                    _ => TimeSpan.FromMilliseconds(times[i++ % times.Length]), () => recipients[i % recipients.Length], most: 400);
                return referee.Refusals == 0;
            },
            iter: 60);

    [Fact]
    public void After_a_quiet_time_a_few_go_at_once_and_then_one_every_two_seconds()
    {
        var pace = new Pace(Exchange, [], 1, null);
        var times = new List<double>();
        var now = Start;
        for (var i = 0; i < 20; i++)
        {
            now = pace.NextAt(now, 1);
            pace.Started(now, 1);
            pace.Completed(now, 1);
            times.Add((now - Start).TotalSeconds);
        }

        Assert.All(times.Take(5), t => Assert.Equal(0, t));
        Assert.All(times.Skip(5).Zip(times.Skip(6)), pair => Assert.Equal(2, pair.Second - pair.First, 3));
    }

    [Fact]
    public void Throttled_it_goes_at_half_the_pace_and_comes_back_slowly()
    {
        var pace = new Pace(Exchange, [], 1, null);

        pace.StepDown(Start);

        Assert.Equal(0.5, pace.ShareAt(Start), 3);
        Assert.Equal(TimeSpan.FromSeconds(4), pace.SpacingAt(Start));
        Assert.Equal(1, pace.ConnectionsAt(Start));
        Assert.Equal(0.75, pace.ShareAt(Start.AddMinutes(5)), 3);
        Assert.Equal(1, pace.ShareAt(Start.AddMinutes(10)), 3);
        Assert.Equal(3, pace.ConnectionsAt(Start.AddMinutes(11)));
    }

    [Fact]
    public void Throttled_again_and_again_it_never_stops_altogether()
    {
        var pace = new Pace(Exchange, [], 1, null);

        for (var i = 0; i < 20; i++)
        {
            pace.StepDown(Start);
        }

        Assert.Equal(0.1, pace.ShareAt(Start), 3);
    }

    [Fact]
    public void A_share_that_was_stored_goes_on_recovering()
    {
        var pace = new Pace(Exchange, [], 0.5, Start);

        Assert.Equal(0.75, pace.ShareAt(Start.AddMinutes(5)), 3);
    }

    [Fact]
    public void The_daily_limit_says_when_it_frees()
    {
        var pace = new Pace(new PaceLimits(3, 30, 100), [(Start, 60), (Start.AddHours(2), 40)], 1, null);

        Assert.Equal(Start.AddHours(24), pace.DayFreeAt(Start.AddHours(3), 1));
        Assert.Equal(Start.AddHours(26), pace.DayFreeAt(Start.AddHours(3), 61));
    }

    [Fact]
    public void A_message_to_more_recipients_than_a_day_allows_goes_alone_and_not_never()
    {
        var pace = new Pace(new PaceLimits(3, 30, 100), [], 1, null);

        Assert.Equal(Start, pace.NextAt(Start, 200));
    }

    [Fact]
    public void A_relay_without_limits_never_waits()
    {
        var pace = new Pace(new PaceLimits(3, null, null), [], 1, null);

        for (var i = 0; i < 100_000; i++)
        {
            pace.Started(Start, 1);
        }

        Assert.Equal(Start, pace.NextAt(Start, 1));
        Assert.Equal(30, pace.PermitsUntil(Start, Start, 30));
    }

    private static DateTimeOffset Simulate(
        Pace pace, Referee referee, DateTimeOffset from, DateTimeOffset until, Func<int, TimeSpan> took, Func<int> recipients,
        List<(DateTimeOffset, int)>? sent = null, int most = int.MaxValue)
    {
        // Three connections, each busy until its message is through.
        var busy = new PriorityQueue<(DateTimeOffset At, int Recipients), DateTimeOffset>();
        var seen = new List<(DateTimeOffset At, int Recipients)>();
        var now = from;
        for (var i = 0; i < most; i++)
        {
            var to = recipients();
            DateTimeOffset next;
            while ((next = pace.NextAt(now, to)) > now || busy.Count == 3)
            {
                if (busy.Count > 0 && (busy.Count == 3 || busy.Peek().At <= next))
                {
                    var done = busy.Dequeue();
                    now = done.At > now ? done.At : now;
                    pace.Completed(done.At, done.Recipients);
                    sent?.Add((done.At, done.Recipients));
                }
                else
                {
                    now = next;
                }
            }

            if (now >= until)
            {
                break;
            }

            pace.Started(now, to);
            var end = now + took(i);
            // The server counts it at any moment in between.
            seen.Add((now + ((end - now) * 0.5), to));
            busy.Enqueue((end, to), end);
        }

        while (busy.TryDequeue(out var rest, out _))
        {
            pace.Completed(rest.At, rest.Recipients);
            sent?.Add((rest.At, rest.Recipients));
            now = rest.At > now ? rest.At : now;
        }

        foreach (var (at, to) in seen.OrderBy(s => s.At))
        {
            referee.Take(at, to);
        }

        return now;
    }
}
