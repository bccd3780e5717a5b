using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>The whole sender at Exchange Online's pace, on a clock that runs fast, before a referee that refuses whatever comes too fast.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class PacedPumpTests
{
    private static readonly Finding TooFast = new(FindingCode.TooFast, "Too fast.", "Wait.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minutes_of_work_are_never_refused_for_speed_and_never_use_more_than_three_connections()
    {
        var time = new FastTime(100);
        await using var lab = await PumpLab.StartAsync(SignIn.Token, time: time);
        var referee = Refereed(lab, time, new Referee(30, 10_000));
        await lab.HandInAsync(120);

        await lab.DrainAsync();

        Assert.Equal((120, 0), (referee.Accepted, referee.Refusals));
        Assert.InRange(lab.Server.MostOpen, 1, 3);
    }

    [Fact]
    public async Task A_new_owner_goes_on_where_the_former_stopped()
    {
        var time = new FastTime(100);
        await using var lab = await PumpLab.StartAsync(SignIn.Token, time: time);
        var referee = Refereed(lab, time, new Referee(30, 10_000));
        await lab.HandInAsync(100);

        for (var owner = 0; owner < 6; owner++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var enough = referee.Accepted + 12;
            lab.Server.Before = async _ =>
            {
                if (referee.Accepted >= enough)
                {
                    await stop.CancelAsync();
                }
            };
            await lab.DrainAsync(stop.Token);
        }

        lab.Server.Before = _ => Task.CompletedTask;
        await lab.DrainAsync();

        Assert.Equal((100, 0), (referee.Accepted, referee.Refusals));
        Assert.All(await lab.RowsAsync(), n => Assert.Equal(NotificationState.Sent, n.State));
    }

    [Fact]
    public async Task When_the_day_is_full_the_mailbox_waits_until_the_window_frees_and_says_so()
    {
        var time = new FastTime(100);
        await using var lab = await PumpLab.StartAsync(
            SignIn.Token, time: time, configuration: new Dictionary<string, string?> { ["Pace:ExchangeOnline:RecipientsPerDay"] = "8", ["Pace:ExchangeOnline:MessagesPerMinute"] = "600" });
        var referee = Refereed(lab, time, new Referee(600, 8));
        await lab.HandInAsync(10, cc: "boss@contoso.com");

        await lab.DrainAsync();

        Assert.Equal((4, 0), (referee.Accepted, referee.Refusals));
        var mailbox = await lab.MailboxAsync();
        Assert.Equal(FindingCode.DailyLimit, mailbox.WaitCode);
        await using var db = lab.Library.NewContext();
        var first = await db.Set<PacedSend>().OrderBy(s => s.At).FirstAsync(Ct);
        Assert.Equal(2, first.Recipients);
        Assert.InRange(mailbox.WaitUntil!.Value, first.At.AddHours(24), first.At.AddHours(24).AddSeconds(30));
    }

    private static Referee Refereed(PumpLab lab, TimeProvider time, Referee referee)
    {
        lab.Server.Answer = a =>
        {
            lock (referee)
            {
                return referee.Take(time.GetUtcNow(), a.Recipients)
                    ? new SendOutcome.Accepted("250 OK")
                    : new SendOutcome.Stopped(StopKind.Throttled, TooFast, "451 4.7.0 too fast", null);
            }
        };
        return referee;
    }
}
