using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Telemetry;

/// <summary>Alone, as a test that listens would be heard here.</summary>
[CollectionDefinition(nameof(Silence), DisableParallelization = true)]
public sealed class Silence;

[Collection(nameof(Silence))]
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SilenceTests
{
    [Fact]
    public void While_nobody_listens_a_message_makes_nothing_for_numbers_and_traces()
    {
        using var instruments = new Instruments(Options.Create(new TelemetryOptions { PerRuleset = true }));
        var measures = new SendingMeasures(instruments, Guid.NewGuid(), Route.Smtp);
        var n = new InHand(1, 1, 1, 1, "anna@contoso.com", null, null, null, Priority.Normal, 1, 0, null);
        var ending = new Ending
        {
            Of = n,
            Event = NotificationEvent.Failed,
            At = default,
            Attempt = new AttemptMade(default, Route.Smtp, AttemptOutcome.Failed, FindingCode.RecipientRejected, null)
        };
        SendOutcome outcome = new SendOutcome.Accepted("");
        Send();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Send();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Send()
        {
            measures.Claimed(1);
            measures.Took(TimeSpan.FromSeconds(1), outcome);
            measures.Ended(ending);
            using var message = n.Trace?.StartMessage(n);
            using var submit = Tracing.On ? Tracing.Child(SpanNames.SmtpSubmit, System.Diagnostics.ActivityKind.Client) : null;
            message?.Tell(ending);
            n.Trace?.Over();
        }
    }

    [Fact]
    public async Task While_nobody_listens_no_batch_is_traced_and_no_trace_stored()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(1);
        var epoch = Assert.NotNull(await lab.Parts.Outbox.TakeOverAsync(PumpLab.MailboxId, TestContext.Current.CancellationToken));
        var claimed = await lab.Parts.Outbox.ClaimAsync(PumpLab.MailboxId, epoch, 1, TestContext.Current.CancellationToken);

        Assert.Null(await BatchTrace.BeginAsync(lab.Parts.Outbox, PumpLab.MailboxId, Route.Smtp, claimed, TestContext.Current.CancellationToken));

        var queue = lab.Library.Get<Notifications.Delivery.HandIn.INotificationQueue>();
        await queue.HandInAsync(new(Hosting.TestLibrary.Ruleset, "ada"), new() { To = "anna@contoso.com", Subject = "Hello", Text = "Hello" }, TestContext.Current.CancellationToken);
        Assert.Null((await lab.MailingAsync(2)).TraceParent);
    }
}
