using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>A cancel or a delete that meets a claimed message, for each outcome of the message, with one owner that continues.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class CancelInFlightTests
{
    private static readonly Finding Reason = new(FindingCode.ServerBusy, "Some fault.", "Wait.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, NotificationState> Outcomes => new()
    {
        { "sent", NotificationState.Sent },
        { "failed", NotificationState.Failed },
        { "retry-later", NotificationState.Cancelled },
        { "throttled", NotificationState.Cancelled },
        { "unreachable", NotificationState.Cancelled },
        { "configuration", NotificationState.Cancelled },
        { "withdrawn", NotificationState.Cancelled },
        { "unconfirmed", NotificationState.InDoubt },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task A_message_canceled_while_it_is_sent_is_never_sent_again(string outcome, NotificationState after)
    {
        await using var lab = await PumpLab.StartAsync();
        var mailing = await lab.HandInAsync(1);
        lab.Server.Answer = _ =>
        {
            CancelAsync(lab, 1).GetAwaiter().GetResult();
            return Of(outcome);
        };

        await using var pump = await lab.TakeOverAsync();
        await pump.DrainAsync(Ct);
        lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
        await GoOnAsync(lab, pump);

        Assert.Equal(after, Assert.Single(await lab.RowsAsync()).State);
        Assert.Single(lab.Server.Arrived);
        await AssertCountersAsync(lab, mailing);
    }

    [Theory]
    [InlineData(SignIn.None)]
    [InlineData(SignIn.Token)]
    public async Task What_is_canceled_while_the_connection_opens_does_not_stay_claimed(SignIn signIn)
    {
        await using var lab = await StartAsync(signIn);
        var mailing = await lab.HandInAsync(3);
        lab.Server.Opening = () => CancelAsync(lab, 2).GetAwaiter().GetResult();

        await using var pump = await lab.TakeOverAsync();
        await pump.DrainAsync(Ct);
        await GoOnAsync(lab, pump);

        Assert.Equal([NotificationState.Sent, NotificationState.Cancelled, NotificationState.Sent], (await lab.RowsAsync())
            .Select(n => n.State));
        await AssertCountersAsync(lab, mailing);
    }

    [Theory]
    [InlineData(SignIn.None)]
    [InlineData(SignIn.Token)]
    public async Task A_mailing_deleted_while_it_is_sent_leaves_no_row(SignIn signIn)
    {
        await using var lab = await StartAsync(signIn);
        var mailing = await lab.HandInAsync(40);
        var deleted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lab.Server.Before = async arrival =>
        {
            if (arrival.To == "r2@contoso.com" && !deleted.Task.IsCompleted)
            {
                await lab.Library.Get<MailingControl>().DeleteAsync(TestLibrary.Ruleset, mailing, "ada", Ct);
                deleted.SetResult();
            }
            else if (arrival.To != "r1@contoso.com")
            {
                // What other connections have in flight ends after it.
                await deleted.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);
            }
        };

        await using var pump = await lab.TakeOverAsync();
        await pump.DrainAsync(Ct);
        await GoOnAsync(lab, pump);

        Assert.Empty(await lab.RowsAsync());
        await using var db = lab.Library.NewContext();
        Assert.Equal(0, await db.Set<Mailing>().CountAsync(Ct));
        Assert.InRange(lab.Server.Arrived.Count, 1, 39);
    }

    [Fact]
    public async Task What_a_killed_owner_was_sending_and_someone_canceled_is_left_unconfirmed()
    {
        await using var lab = await PumpLab.StartAsync();
        var mailing = await lab.HandInAsync(1);
        await lab.LeaveInFlightAsync();
        await CancelAsync(lab, 1);

        await lab.DrainAsync();

        Assert.Equal(NotificationState.InDoubt, Assert.Single(await lab.RowsAsync()).State);
        Assert.Empty(lab.Server.Arrived);
        await AssertCountersAsync(lab, mailing);
    }

    private static Task<PumpLab> StartAsync(SignIn signIn) => PumpLab.StartAsync(signIn, configuration: new Dictionary<string, string?>
    {
        ["Pace:ExchangeOnline:MessagesPerMinute"] = "60000",
    });

    private static Task<ControlResult> CancelAsync(PumpLab lab, long id) =>
        lab.Library.Get<NotificationControl>().CancelAsync(TestLibrary.Ruleset, id, "ada", Ct);

    /// <summary>The same owner, some runs later: what was to wait is due.</summary>
    private static async Task GoOnAsync(PumpLab lab, MailboxPump pump)
    {
        for (var run = 0; run < 3; run++)
        {
            await lab.ChangeAsync(async db =>
            {
                await db.Set<Notification>().ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, DateTimeOffset.UnixEpoch), Ct);
                await db.Set<Mailbox>().ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.WaitUntil, (DateTimeOffset?)null).SetProperty(m => m.Hold, Hold.None), Ct);
            });
            await pump.DrainAsync(Ct);
        }
    }

    private static async Task AssertCountersAsync(PumpLab lab, long mailing)
    {
        var (rows, counts) = (await lab.RowsAsync(), await lab.MailingAsync(mailing));
        Assert.Equal(rows.Count(n => n.State == NotificationState.Sent), counts.Sent);
        Assert.Equal(rows.Count(n => n.State == NotificationState.Failed), counts.Failed);
        Assert.Equal(rows.Count(n => n.State == NotificationState.InDoubt), counts.InDoubt);
        Assert.Equal(rows.Count(n => n.State == NotificationState.Cancelled), counts.Cancelled);
    }

    private static SendOutcome Of(string outcome) => outcome switch
    {
        "sent" => new SendOutcome.Accepted("250 OK"),
        "failed" => new SendOutcome.Rejected(Reason, "550 5.1.1"),
        "retry-later" => new SendOutcome.RetryLater(Reason, "451 later", null),
        "throttled" => new SendOutcome.Stopped(StopKind.Throttled, Reason, "432 4.3.2", null),
        "unreachable" => new SendOutcome.Stopped(StopKind.Unreachable, Reason, null, null),
        "configuration" => new SendOutcome.Stopped(StopKind.Configuration, Reason, "554 5.7.60", null),
        "withdrawn" => new SendOutcome.Withdrawn(),
        _ => new SendOutcome.InDoubt(Reason, null),
    };
}
