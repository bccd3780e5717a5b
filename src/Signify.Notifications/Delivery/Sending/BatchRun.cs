using System.Collections.Concurrent;
using System.Threading.Channels;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A sender's work from finding the queue filled to finding it empty, or to the first fault that stops the mailbox.</summary>
internal sealed class BatchRun : IDisposable
{
    // After this an urgent message no longer runs ahead within the run: the run ends, and the next one claims in order.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private readonly SenderParts _parts;
    private readonly SenderSetup _setup;
    private readonly PaceGate _pace;
    private readonly MailboxState _first;
    private readonly Channel<InHand?> _batch;
    private readonly ConcurrentBag<BatchTrace> _traces = [];
    private readonly SemaphoreSlim _deciding = new(1, 1);
    private readonly long _began;
    private readonly int _stepDowns;
    private StopKind? _waitsFor;
    private int _atFault;

    public BatchRun(SenderParts parts, SenderSetup setup, PaceGate pace, MailboxState first)
    {
        (_parts, _setup, _pace, _first, _began, _stepDowns) = (parts, setup, pace, first, parts.Time.GetTimestamp(), pace.StepDowns);
        _batch = Channel.CreateBounded<InHand?>(new BoundedChannelOptions((int)setup.Settings.BatchSize) { SingleWriter = true });
        Control = new ControlWatch(parts.Outbox, parts.States, first, setup.MailboxId, setup.RevisionId, parts.Time);
        Urgent = new UrgentQueue(this, (int)setup.Settings.BatchSize, pace, parts.Time);
    }

    /// <summary>Claimed messages in order; null means that <see cref="Urgent"/> has one.</summary>
    public ChannelReader<InHand?> Batch => _batch.Reader;

    public ChannelWriter<InHand?> Claimed => _batch.Writer;

    public UrgentQueue Urgent { get; }

    public ControlWatch Control { get; }

    /// <summary>Whether anything that was claimed goes back to the queue.</summary>
    public bool HasUnsent { get; set; }

    /// <summary>Whether the server accepted anything.</summary>
    public bool WentWell { get; set; }

    /// <summary>Whether any claimed message came to something other than <see cref="BeyondLimits"/>.</summary>
    public bool Progressed { get; set; }

    /// <summary>Whether the sending limits had no room for a claimed message.</summary>
    public bool BeyondLimits { get; set; }

    /// <summary>Until when the mailbox waits because of this run; null when it does not.</summary>
    public DateTimeOffset? WaitUntil { get; private set; }

    /// <summary>Whether the server accepted another message since the mailbox last had to wait.</summary>
    public bool OthersPassed => WentWell || _first.Waits == 0;

    public bool IsLong => _parts.Time.GetElapsedTime(_began) > Long;

    private int WaitsInARow => WentWell ? 0 : _first.Waits;

    /// <summary>Claims up to <paramref name="most"/> of this priority or a higher one, in order.</summary>
    public async Task<IReadOnlyList<InHand>> ClaimAsync(int most, Priority lowest, CancellationToken ct)
    {
        var batch = await Control.ClaimAsync(async () =>
        {
            var claimed = await _parts.Outbox.ClaimAsync(_setup.MailboxId, _setup.Epoch, most, lowest, durable: _pace.Limits.Unlimited, ct);
            if (claimed.Count > 0)
            {
                _setup.Measures.Claimed(claimed.Count);
            }

            return claimed;
        });
        if (batch.Count > 0)
        {
            await TraceAsync(batch);
        }

        return batch;
    }

    /// <summary>
    /// The mailbox waits or is held. Several connections usually meet the same fault: the first decides, and a later one only
    /// lengthens the wait, by what the server asks for or by a fault of another kind. Nothing in a run shortens its wait.
    /// </summary>
    public Task StopAsync(SendOutcome.Stopped fault) => fault.Kind switch
    {
        StopKind.Configuration => AtFaultAsync(fault),
        StopKind.Blocked => StopAsync(Hold.Blocked, fault.Reason, fault.Words),
        _ => WaitAsync(fault),
    };

    public Task StopAsync(Hold hold, Finding reason, string? words) => IsFirstHold() ? HoldAsync(hold, reason, words) : Task.CompletedTask;

    /// <summary>The mailbox waits until the daily limit has room for so many recipients.</summary>
    public async Task WaitForDayAsync(int recipients)
    {
        Control.Stop();
        await _deciding.WaitAsync();
        try
        {
            await LengthenAsync(_pace.UntilDayFree(recipients), WaitsInARow, Causes.DailyLimitReached.Told(), null);
        }
        finally
        {
            _deciding.Release();
        }
    }

    /// <summary>A connection met a fault of this program or its database: the run ends, and the next owner sweeps up.</summary>
    public void Break()
    {
        Control.Stop();
        _batch.Writer.TryComplete();
    }

    public void Dispose()
    {
        _pace.Remove(Control);
        Control.Dispose();
        Urgent.Dispose();
        _deciding.Dispose();
        // Of a batch that a connection broke off from, the trace is still open.
        foreach (var trace in _traces)
        {
            trace.End();
        }
    }

    private async Task TraceAsync(IReadOnlyList<InHand> batch)
    {
        if (await BatchTrace.BeginAsync(_parts.Outbox, _setup.MailboxId, _setup.Route, batch, CancellationToken.None) is not { } trace)
        {
            return;
        }

        _traces.Add(trace);
        foreach (var n in batch)
        {
            n.Trace = trace;
        }
    }

    // A refused secret is none of the messages' concern where another one stands by: the next run begins with that.
    private async Task AtFaultAsync(SendOutcome.Stopped fault)
    {
        if (!IsFirstHold())
        {
            return;
        }

        var resource = _setup.Route == Route.Graph ? TokenResource.Graph : TokenResource.Exchange;
        switch (await _parts.Standby.TryAsync(_setup.RevisionId, _setup.Settings, resource, fault.Reason.Code, CancellationToken.None))
        {
            case StandbyOutcome.TookOver:
                return;
            case StandbyOutcome.Failed { Reason.Code: var code } failed when StopKinds.Of(code) != StopKind.Configuration:
                await WaitAsync(new SendOutcome.Stopped(StopKinds.Of(code), failed.Reason, failed.Words, failed.After));
                return;
            default:
                await HoldAsync(Hold.Configuration, fault.Reason, fault.Words);
                return;
        }
    }

    private bool IsFirstHold()
    {
        Control.Stop();
        return Interlocked.Exchange(ref _atFault, 1) == 0;
    }

    private async Task HoldAsync(Hold hold, Finding reason, string? words)
    {
        if (await _parts.States.HoldAsync(_setup.MailboxId, _setup.Epoch, hold, reason, words, CancellationToken.None))
        {
            _parts.LogHeld(_setup.MailboxId, hold, reason.Code);
            _setup.Measures.Held(hold, reason.Code);
        }
    }

    private async Task WaitAsync(SendOutcome.Stopped fault)
    {
        Control.Stop();
        await _deciding.WaitAsync();
        try
        {
            var sameAgain = _waitsFor == fault.Kind;
            if (sameAgain && fault.After is null)
            {
                return;
            }

            if (fault.Kind == StopKind.Throttled && !sameAgain)
            {
                _pace.StepDown(_stepDowns);
            }

            _waitsFor ??= fault.Kind;
            var wait = WaitSchedule.For(fault.Kind, WaitsInARow, fault.After, _pace.UntilDayFree(1), _parts.Random);
            // Counted once, however many connections meet it.
            if (await LengthenAsync(wait, WaitsInARow + 1, fault.Reason, fault.Words) && !sameAgain)
            {
                _parts.LogWaits(_setup.MailboxId, wait.TotalSeconds, fault.Reason.Code);
                _setup.Measures.Waits(fault.Kind, fault.Reason.Code);
            }
        }
        finally
        {
            _deciding.Release();
        }
    }

    private async Task<bool> LengthenAsync(TimeSpan wait, int waits, Finding reason, string? words)
    {
        var until = _parts.Time.GetUtcNow() + wait;
        if (WaitUntil >= until)
        {
            return false;
        }

        async Task StoreAsync() => WaitUntil = await _parts.States.WaitAsync(
            _setup.MailboxId, _setup.Epoch, wait, waits, _pace.Share, reason, words, CancellationToken.None);

        await (SharedMailbox.Concerns(reason.Code) ? _pace.WaitAsync(StoreAsync) : StoreAsync());
        return true;
    }
}
