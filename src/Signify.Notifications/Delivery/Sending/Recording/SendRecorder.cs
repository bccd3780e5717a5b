using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Signify.Notifications.Persistence;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// Records which message is about to go and how the one before ended. A connection waits for its line before the content leaves, so
/// that a killed process leaves at most one unconfirmed message a connection. All waiting lines share a commit; what was sent without
/// limits is stored in it, and settled a hundred at a time. No exception ends it: a message that has gone is recorded, however long the
/// database is away. See docs/decisions/0008 and 0027.
/// </summary>
public sealed partial class SendRecorder : IAsyncDisposable
{
    private const int MostInCommit = 500;
    private const int MostUnsettled = 100;

    private static readonly TimeSpan LongestUnsettled = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockedPause = TimeSpan.FromMilliseconds(5);

    /// <summary>A result that waits longer makes the process not ready, and its mailboxes free for others.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly Channel<RecordLine> _lines = Channel.CreateUnbounded<RecordLine>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IDbContextFactory<NotificationsDbContext> _contexts;
    private readonly WriteTurn _turn;
    private readonly DeliverySignals _signals;
    private readonly Instruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<SendRecorder> _logger;
    private readonly Task _running;
    private readonly Timer _settleTimer;
    private List<InHand> _sent = [];
    private long _sentSince;
    private IRecordConnection? _connection;
    private TimeSpan _pause = FirstPause;
    private long _oldest = long.MaxValue;
    private volatile bool _refused;

    public SendRecorder(
        IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, DeliverySignals signals, Instruments instruments, TimeProvider time, ILogger<SendRecorder> logger)
    {
        (_contexts, _turn, _signals, _instruments, _time, _logger) = (contexts, turn, signals, instruments, time, logger);
        _settleTimer = new Timer(_ => _lines.Writer.TryWrite(NewLine(null, null, durable: false)));
        _running = Task.Run(RunAsync);
    }

    /// <summary>How long the oldest line has waited for the database; zero when none waits.</summary>
    public TimeSpan Delay => Volatile.Read(ref _oldest) is var oldest && oldest < long.MaxValue ? _time.GetElapsedTime(oldest) : TimeSpan.Zero;

    /// <summary>Results cannot be recorded: this process must not send, and others may.</summary>
    public bool IsStuck => Delay > LongestDelay;

    /// <summary>Stuck, though the database itself refused nothing: another process may be able to record.</summary>
    public bool IsStuckAlone => IsStuck && !_refused;

    /// <summary>Records how one ended and that the next begins, in one piece. Waits for the database for as long as it takes.</summary>
    /// <param name="durable">Whether it must survive a power cut, and not only this process.</param>
    /// <returns>False when the next must not be sent: another process owns the mailbox, or it is held, paused or canceled.</returns>
    internal Task<bool> WriteAsync(Ending? ended, InHand? next, bool durable)
    {
        var line = NewLine(ended, next, durable);
        return _lines.Writer.TryWrite(line) ? line.Done.Task : throw new ObjectDisposedException(nameof(SendRecorder));
    }

    /// <summary>Updates the notifications of all results that were recorded before, as far as the database allows: some wait for up to 50 ms.</summary>
    internal Task SettleAsync() => WriteAsync(null, null, durable: false);

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _running;
        await _settleTimer.DisposeAsync();
    }

    private RecordLine NewLine(Ending? ended, InHand? next, bool durable) =>
        new(ended, next, durable, _time.GetUtcNow().UtcTicks, _time.GetTimestamp());

    private async Task RunAsync()
    {
        var (waiting, settlements) = (new List<RecordLine>(), new List<RecordLine>());
        while (waiting.Count > 0 || await _lines.Reader.WaitToReadAsync())
        {
            while (waiting.Count < MostInCommit && _lines.Reader.TryRead(out var line))
            {
                (line.IsSettlement ? settlements : waiting).Add(line);
            }

            SetOldest(waiting);
            if (settlements.Count > 0 || _sent.Count >= MostUnsettled || waiting.Exists(l => l.Durable))
            {
                await SettleSentAsync();
                settlements.ForEach(l => l.Done.TrySetResult(true));
                settlements.Clear();
            }

            waiting = waiting.Count > 0 ? await CommitAsync(waiting) : waiting;
            SetOldest(waiting);
        }

        await SettleSentAsync();
        await DiscardConnectionAsync();
    }

    private void SetOldest(List<RecordLine> waiting)
    {
        var oldest = _sent.Count > 0 ? _sentSince : long.MaxValue;
        waiting.ForEach(l => oldest = Math.Min(oldest, l.QueuedAt));
        Volatile.Write(ref _oldest, oldest);
    }

    // What cannot be settled now is settled later: it is recorded, and does not keep the lines.
    private async Task SettleSentAsync()
    {
        if (_sent.Count == 0)
        {
            return;
        }

        var sent = _sent;
        try
        {
            _connection ??= await IRecordConnection.OpenAsync(_contexts);
            using var turn = await _turn.TakeAsync(CancellationToken.None);
            var left = await _connection.SettleAsync(sent);
            _sent = [.. left];
        }
        catch (Exception ex)
        {
            await FailedAsync(ex, sent.Count);
        }

        if (_sent.Count > 0)
        {
            _settleTimer.Change(_pause, Timeout.InfiniteTimeSpan);
        }

        foreach (var mailbox in sent.Select(n => n.MailboxId).Distinct())
        {
            _signals.Changed(mailbox);
        }
    }

    /// <returns>The lines that are still to be written: their mailbox is locked, or the commit failed.</returns>
    private async Task<List<RecordLine>> CommitAsync(List<RecordLine> lines)
    {
        try
        {
            var locked = await CommitOnceAsync(lines);
            _pause = FirstPause;
            if (locked.Count > 0)
            {
                await Task.Delay(LockedPause, TimeProvider.System);
            }

            return [.. locked];
        }
        catch (Exception ex)
        {
            await FailedAsync(ex, lines.Count);
            // Not the database: one line that cannot be written must not keep the others.
            var left = ex is DbException || lines.Count == 1 ? lines : await OneByOneAsync(lines);
            _pause = left.Count < lines.Count ? FirstPause : _pause;
            await Task.Delay(_pause, _time);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            return left;
        }
    }

    private async Task<List<RecordLine>> OneByOneAsync(List<RecordLine> lines)
    {
        var left = new List<RecordLine>();
        foreach (var line in lines)
        {
            try
            {
                left.AddRange(await CommitOnceAsync([line]));
            }
            catch (Exception ex)
            {
                await FailedAsync(ex, 1);
                left.Add(line);
            }
        }

        return left;
    }

    private async Task FailedAsync(Exception ex, int lines)
    {
        LogFailed(ex, lines, _pause.TotalSeconds);
        _refused = ex is PostgresException or SqliteException;
        await DiscardConnectionAsync();
    }

    private async Task<IReadOnlyList<RecordLine>> CommitOnceAsync(List<RecordLine> lines)
    {
        _connection ??= await IRecordConnection.OpenAsync(_contexts);
        using var turn = await _turn.TakeAsync(CancellationToken.None);
        var began = _time.GetTimestamp();
        var locked = await _connection.CommitAsync(lines);
        _instruments.CommitDuration.Record(_time.GetElapsedTime(began).TotalSeconds);
        foreach (var line in locked.Count == 0 ? lines : lines.Except(locked))
        {
            line.Done.TrySetResult(line.Next is null || line.Begun);
            Recorded(line);
        }

        return locked;
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

    private async Task DiscardConnectionAsync()
    {
        var connection = _connection;
        _connection = null;
        try
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception ex)
        {
            LogDiscarded(ex);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Recording the results of {Count} messages failed; sending waits, retrying in {Seconds} s.")]
    private partial void LogFailed(Exception ex, int count, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Closing the recorder's database connection failed.")]
    private partial void LogDiscarded(Exception ex);
}
