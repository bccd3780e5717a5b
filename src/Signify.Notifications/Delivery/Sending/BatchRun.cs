using System.Collections.Concurrent;
using System.Threading.Channels;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>One stretch of work of a sender: from finding the queue filled to finding it empty, or to the first fault that stops the mailbox.</summary>
internal sealed class BatchRun(SenderParts parts, SenderSetup setup, PaceGate pace, MailboxState first) : IDisposable
{
    private readonly Channel<InHand> _batch = Channel.CreateBounded<InHand>(new BoundedChannelOptions((int)setup.Settings.BatchSize) { SingleWriter = true });
    private int _stopped;
    private List<BatchTrace>? _traces;

    public ChannelReader<InHand> Batch => _batch.Reader;

    public ChannelWriter<InHand> Claimed => _batch.Writer;

    public ControlWatch Control { get; } = new(parts.Outbox, parts.States, first, setup.MailboxId, setup.RevisionId, parts.Time);

    /// <summary>What was claimed and not sent.</summary>
    public ConcurrentBag<long> GivenBack { get; } = [];

    /// <summary>Whether the server accepted anything.</summary>
    public bool WentWell { get; set; }

    /// <summary>The mailbox waits or is held; the first fault of a run decides, the other connections meet the same one.</summary>
    public Task StopAsync(SendOutcome.Stopped fault) => fault.Kind switch
    {
        StopKind.Configuration => AtFaultAsync(fault),
        StopKind.Blocked => StopAsync(Hold.Blocked, fault.Reason, fault.Words),
        _ => First() ? WaitAsync(fault) : Task.CompletedTask,
    };

    public Task StopAsync(Hold hold, Finding reason, string? words) => First() ? HoldAsync(hold, reason, words) : Task.CompletedTask;

    // A refused secret is none of the messages' concern where another one stands by: the next run begins with that.
    private async Task AtFaultAsync(SendOutcome.Stopped fault)
    {
        if (!First())
        {
            return;
        }

        var resource = setup.Route == Route.Graph ? TokenResource.Graph : TokenResource.Exchange;
        switch (await parts.Standby.TryAsync(setup.RevisionId, setup.Settings, resource, fault.Reason.Code, CancellationToken.None))
        {
            case StandbyOutcome.TookOver:
                return;
            case StandbyOutcome.Failed { Reason.Code: var code } failed when StopKinds.Of(code) != StopKind.Configuration:
                await WaitAsync(new SendOutcome.Stopped(StopKinds.Of(code), failed.Reason, failed.Words, null));
                return;
            default:
                await HoldAsync(Hold.Configuration, fault.Reason, fault.Words);
                return;
        }
    }

    // The first fault of a run decides.
    private bool First()
    {
        Control.Stop();
        return Interlocked.Exchange(ref _stopped, 1) == 0;
    }

    private async Task HoldAsync(Hold hold, Finding reason, string? words)
    {
        if (await parts.States.HoldAsync(setup.MailboxId, setup.Epoch, hold, reason, words, CancellationToken.None))
        {
            parts.LogHeld(setup.MailboxId, hold, reason.Code);
            setup.Measures.Held(hold, reason.Code);
        }
    }

    /// <summary>A connection met a fault of this program or its database: the run ends, and the next owner sweeps up.</summary>
    public void Break()
    {
        Control.Stop();
        _batch.Writer.TryComplete();
    }

    /// <summary>To be ended with this run, should a connection break off before it has handled all of a batch.</summary>
    public void Trace(BatchTrace? batch)
    {
        if (batch is not null)
        {
            (_traces ??= []).Add(batch);
        }
    }

    public void Dispose()
    {
        pace.Remove(Control);
        Control.Dispose();
        _traces?.ForEach(batch => batch.End());
    }

    private async Task WaitAsync(SendOutcome.Stopped fault)
    {
        if (fault.Kind == StopKind.Throttled)
        {
            pace.StepDown();
        }

        var waits = WentWell ? 0 : first.Waits;
        var wait = WaitSchedule.For(fault.Kind, waits, fault.After, pace.UntilDayFree(1), parts.Random);
        await (SharedMailbox.Concerns(fault.Reason.Code) ? pace.WaitAsync(StoreAsync) : StoreAsync());
        parts.LogWaits(setup.MailboxId, wait.TotalSeconds, fault.Reason.Code);
        setup.Measures.Waits(fault.Kind, fault.Reason.Code);

        Task StoreAsync() => parts.States.WaitAsync(
            setup.MailboxId, setup.Epoch, parts.Time.GetUtcNow() + wait, waits + 1, pace.Share, fault.Reason, fault.Words, CancellationToken.None);
    }
}
