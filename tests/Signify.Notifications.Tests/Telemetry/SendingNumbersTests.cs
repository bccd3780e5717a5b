using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Telemetry;

/// <summary>What senders count, against what they did.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SendingNumbersTests
{
    private static readonly Finding NoSuchPerson = new(FindingCode.RecipientRejected, "No such person.", "Check the address.");
    private static readonly Finding Busy = new(FindingCode.ServerBusy, "Busy.", "Wait.");
    private static readonly Finding Lost = new(FindingCode.LinkLost, "The link broke.", "Wait.");

    [Fact]
    public async Task Each_outcome_is_counted_once_with_its_route_and_code()
    {
        await using var lab = await PumpLab.StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        lab.Server.Answer = arrival => arrival.To switch
        {
            "r1@contoso.com" => new SendOutcome.Rejected(NoSuchPerson, "550 5.1.1 no such person"),
            "r2@contoso.com" => new SendOutcome.RetryLater(Busy, "451 4.3.2 busy", null),
            "r3@contoso.com" => new SendOutcome.InDoubt(Lost, null),
            _ => new SendOutcome.Accepted("250 2.0.0 OK"),
        };
        await lab.HandInAsync(10, onDoubt: OnDoubt.Hold);

        await lab.DrainAsync();

        var numbers = heard.Collect();
        Assert.Equal(7, numbers["signify.notifications.sent signify.route=smtp"]);
        Assert.Equal(1, numbers["signify.notifications.failed error.type=recipient-rejected signify.route=smtp"]);
        Assert.Equal(1, numbers["signify.notifications.deferred error.type=server-busy signify.route=smtp"]);
        Assert.Equal(1, numbers["signify.notifications.in_doubt error.type=link-lost signify.route=smtp"]);
        Assert.Equal(7, numbers["signify.message.duration signify.outcome=sent signify.route=smtp"]);
        Assert.Equal(1, numbers["signify.message.duration signify.outcome=in-doubt signify.route=smtp"]);
        Assert.Equal(0, numbers["signify.sessions.open signify.route=smtp"]);
        Assert.True(numbers["signify.record.commit.duration"] > 0);
        Assert.True(numbers["signify.batch.size signify.route=smtp"] > 0);
    }

    [Fact]
    public async Task A_throttle_is_counted_once_however_many_connections_meet_it()
    {
        await using var lab = await PumpLab.StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        using var together = new Barrier(2);
        var reached = 0;
        lab.Server.Answer = _ =>
        {
            if (Interlocked.Increment(ref reached) <= 2)
            {
                together.SignalAndWait(TestContext.Current.CancellationToken);
            }

            return new SendOutcome.Stopped(StopKind.Throttled, new Finding(FindingCode.TooFast, "Too fast.", "Wait."), "432 4.3.2", TimeSpan.FromHours(1));
        };
        await lab.HandInAsync(30);

        await lab.DrainAsync();

        var numbers = heard.Collect();
        Assert.Equal(1, numbers["signify.mailbox.throttles error.type=too-fast signify.route=smtp signify.stop.kind=throttled"]);
        Assert.DoesNotContain(numbers.Keys, key => key.StartsWith("signify.notifications.", StringComparison.Ordinal));
        Assert.True(lab.Server.Arrived.Count >= 2);
    }

    [Fact]
    public async Task A_hold_is_counted_as_a_stop_and_told_by_the_gauge_until_it_is_over()
    {
        await using var lab = await PumpLab.StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        lab.MakeGauges();
        lab.Server.Opening = () => throw new TransportUnavailableException(new Finding(FindingCode.SignInRefused, "Refused.", "Grant it."));
        await lab.HandInAsync(1);

        await lab.DrainAsync();

        Assert.Equal(1, heard.Collect()["signify.mailbox.stops error.type=sign-in-refused signify.route=smtp signify.stop.kind=configuration"]);
        Assert.Equal(0, heard.Collect()["signify.mailboxes.held signify.hold=person"]);
        Assert.Equal(1, heard.Collect()["signify.mailboxes.held signify.hold=configuration"]);
    }

    [Fact]
    public async Task With_the_option_rulesets_are_told_apart_by_their_ids()
    {
        await using var lab = await PumpLab.StartAsync(configuration: new Dictionary<string, string?> { ["Telemetry:PerRuleset"] = "true" });
        using var heard = new Heard(lab.Library.Get<Instruments>());
        lab.MakeGauges();
        await lab.HandInAsync(2);

        await lab.DrainAsync();

        var id = TestLibrary.Ruleset;
        Assert.Equal(2, heard.Collect()[$"signify.notifications.sent signify.route=smtp signify.ruleset.id={id}"]);
        Assert.Equal(0, heard.Collect()[$"signify.queue.age signify.ruleset.id={id}"]);
        Assert.DoesNotContain("signify.queue.age", heard.Collect().Keys);
    }

    [Fact]
    public async Task What_a_former_owner_left_on_its_way_is_counted_as_in_doubt()
    {
        await using var lab = await PumpLab.StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        await lab.HandInAsync(1);
        await lab.LeaveInFlightAsync();

        await lab.DrainAsync();

        Assert.Equal(1, heard.Collect()["signify.notifications.in_doubt error.type=link-lost"]);
    }
}
