using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class BrokenRoadTests
{
    private static readonly Finding Broken = new(FindingCode.LinkLost, "The link broke.", "Look.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_never_says_that_it_took_a_message_does_not_get_the_whole_mailing()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(40);
        lab.Server.Answer = _ => new SendOutcome.InDoubt(Broken, null);

        await lab.DrainAsync();

        // Three in a row, and what the other two connections had on its way.
        Assert.InRange(lab.Server.Arrived.Count, 3, 5);
        var mailbox = await lab.MailboxAsync();
        Assert.Equal(FindingCode.LinkLost, mailbox.WaitCode);
        Assert.NotNull(mailbox.WaitUntil);
        Assert.Equal(40 - lab.Server.Arrived.Count, (await lab.RowsAsync()).Count(n => n is { State: NotificationState.Queued, Attempts: 0 }));
    }

    [Fact]
    public async Task Doubts_now_and_then_stop_nobody()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(40, onDoubt: OnDoubt.Hold);
        var count = 0;
        lab.Server.Answer = _ => Interlocked.Increment(ref count) % 5 == 0 ? new SendOutcome.InDoubt(Broken, null) : new SendOutcome.Accepted("250 OK");

        await lab.DrainAsync();

        Assert.Equal(40, lab.Server.Arrived.Count);
        Assert.Null((await lab.MailboxAsync()).WaitUntil);
    }

    [Fact]
    public async Task Stopped_while_a_broken_connection_is_opened_anew_the_message_is_not_in_doubt()
    {
        await using var lab = await PumpLab.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await lab.HandInAsync(1);
        await using var pump = await lab.TakeOverAsync();
        await pump.DrainAsync(Ct);
        await lab.HandInAsync(1);
        lab.Server.Answer = _ => new SendOutcome.Stopped(StopKind.Unreachable, Broken, null, null);
        lab.Server.Opening = () =>
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        };

        await pump.DrainAsync(stop.Token);

        var row = (await lab.RowsAsync())[1];
        Assert.Equal((NotificationState.Queued, 0), (row.State, row.Attempts));
    }
}
