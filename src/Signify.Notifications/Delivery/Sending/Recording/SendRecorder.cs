using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Persistence;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// Records which message is about to go and how the one before ended. A connection waits for its line before the content leaves, so
/// that a killed process leaves at most one unconfirmed message a connection. All waiting lines share a commit; what was sent without
/// limits is stored in it, and settled a hundred at a time. No exception ends it: a message that has gone is recorded, however long the
/// database is away. See docs/decisions/0008 and 0027.
/// </summary>
public sealed class SendRecorder : IAsyncDisposable
{
    private const int MostInCommit = 500;
    private const int MostUnsettled = 100;

    private static readonly TimeSpan LongestUnsettled = TimeSpan.FromMilliseconds(50);

    /// <summary>A result that waits longer makes the process not ready, and its mailboxes free for others.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly DeliverySignals _signals;
    private readonly TimeProvider _time;
    private readonly RecordWriter _writer;
    private readonly Timer _settleTimer;

    // Guards the queue and who works on it: one at a time, who alone uses the rest below.
    private readonly Lock _gate = new();
    private readonly Queue<RecordLine> _queued = new();
    private TaskCompletionSource? _stopped;
    private bool _busy;
    private bool _closed;

    private List<InHand> _sent = [];
    private long _sentSince;
    private long _oldest = long.MaxValue;

    public SendRecorder(
        IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, DeliverySignals signals, Instruments instruments, TimeProvider time, ILogger<SendRecorder> logger)
    {
        (_signals, _time) = (signals, time);
        _writer = new RecordWriter(contexts, turn, instruments, time, logger);
        _settleTimer = new Timer(_ => TryQueue(NewLine(null, null, durable: false)));
    }

    /// <summary>How long the oldest line has waited for the database; zero when none waits.</summary>
    public TimeSpan Delay => Volatile.Read(ref _oldest) is var oldest && oldest < long.MaxValue ? _time.GetElapsedTime(oldest) : TimeSpan.Zero;

    /// <summary>Results cannot be recorded: this process must not send, and others may.</summary>
    public bool IsStuck => Delay > LongestDelay;

    /// <summary>Stuck, though the database itself refused nothing: another process may be able to record.</summary>
    public bool IsStuckAlone => IsStuck && !_writer.WasRefused;

    /// <summary>
    /// Records how one ended and that the next begins, in one piece. Waits for the database for as long as it takes. While no other
    /// caller's line is being written, this is written on the caller's thread: another thread would have to be woken for it.
    /// </summary>
    /// <param name="durable">Whether it must survive a power cut, and not only this process.</param>
    /// <returns>False when the next must not be sent: another process owns the mailbox, or it is held, paused or canceled.</returns>
    internal Task<bool> WriteAsync(Ending? ended, InHand? next, bool durable)
    {
        var line = NewLine(ended, next, durable);
        return TryQueue(line) ? line.Done.Task : throw new ObjectDisposedException(nameof(SendRecorder));
    }

    /// <summary>Updates the notifications of all results that were recorded before, as far as the database allows: some wait for up to 50 ms.</summary>
    internal Task SettleAsync() => WriteAsync(null, null, durable: false);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_busy)
            {
                _stopped.SetResult();
            }
        }

        await _stopped.Task;
        await _settleTimer.DisposeAsync();
        await SettleSentAsync();
        await _writer.DisposeAsync();
    }

    private bool MaySettle => _writer.PauseBeforeSettling == TimeSpan.Zero;

    private RecordLine NewLine(Ending? ended, InHand? next, bool durable) =>
        new(ended, next, durable, _time.GetUtcNow().UtcTicks, _time.GetTimestamp());

    private bool TryQueue(RecordLine line)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _queued.Enqueue(line);
            if (_busy)
            {
                return true;
            }

            _busy = true;
        }

        // It may go on for others: their records are no part of this caller's trace.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _ = WorkAsync();
        }

        return true;
    }

    /// <summary>Until nothing is left. The first commit is the caller's, on its thread; the others are not its business.</summary>
    private async Task WorkAsync()
    {
        var waiting = new List<RecordLine>();
        while (true)
        {
            waiting = await WriteAsync(waiting);
            if (TryStop(waiting))
            {
                return;
            }

            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private bool TryStop(List<RecordLine> waiting)
    {
        lock (_gate)
        {
            if (_queued.Count > 0 || waiting.Count > 0 || MaySettle && _sent.Count >= MostUnsettled)
            {
                return false;
            }

            _busy = false;
            _stopped?.SetResult();
            return true;
        }
    }

    /// <returns>The lines that are still to be written.</returns>
    private async Task<List<RecordLine>> WriteAsync(List<RecordLine> waiting)
    {
        var settlements = Take(waiting);
        SetOldest(waiting);
        if (settlements.Count > 0 || _sent.Count >= MostUnsettled || waiting.Exists(l => l.Durable))
        {
            await SettleSentAsync(asked: settlements.Count > 0);
            settlements.ForEach(l => l.Done.TrySetResult(true));
        }

        if (waiting.Count > 0)
        {
            waiting = await _writer.CommitAsync(waiting, Recorded);
        }

        SetOldest(waiting);
        return waiting;
    }

    /// <returns>The calls to settle among them.</returns>
    private List<RecordLine> Take(List<RecordLine> waiting)
    {
        var settlements = new List<RecordLine>();
        lock (_gate)
        {
            while (waiting.Count < MostInCommit && _queued.TryDequeue(out var line))
            {
                (line.IsSettlement ? settlements : waiting).Add(line);
            }
        }

        return settlements;
    }

    private void SetOldest(List<RecordLine> waiting)
    {
        var oldest = _sent.Count > 0 ? _sentSince : long.MaxValue;
        waiting.ForEach(l => oldest = Math.Min(oldest, l.QueuedAt));
        Volatile.Write(ref _oldest, oldest);
    }

    // What cannot be settled now is settled later: it is recorded, and does not keep the lines.
    /// <param name="asked">A caller waits for it: a mailbox that was locked a moment ago is tried.</param>
    private async Task SettleSentAsync(bool asked = false)
    {
        if (_sent.Count == 0 || !(MaySettle || (asked && !_writer.SettleFailed)))
        {
            return;
        }

        var sent = _sent;
        _sent = await _writer.SettleAsync(sent);
        if (_sent.Count > 0)
        {
            _settleTimer.Change(_writer.PauseBeforeSettling + LongestUnsettled, Timeout.InfiniteTimeSpan);
        }

        foreach (var mailbox in sent.Select(n => n.MailboxId).Distinct())
        {
            _signals.Changed(mailbox);
        }
    }

    private void Recorded(RecordLine line)
    {
        if (line is { IsSettledLater: true, EndedInFlight: true })
        {
            if (_sent.Count == 0)
            {
                _sentSince = _time.GetTimestamp();
                _settleTimer.Change(LongestUnsettled, Timeout.InfiniteTimeSpan);
            }

            _sent.Add(line.Ended!.Of);
        }
        else if (line.Ended is { } ended)
        {
            _signals.Changed(ended.Of.MailboxId);
        }
    }
}
