using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Persistence;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Writes down what is about to go and what became of it. A connection waits for its line before it goes on, so that a process that
/// is killed leaves at most one message for each connection in doubt. A line that must outlive a power cut waits for a commit, which
/// the lines of all connections share; another one is in the journal of the embedded database at once, and in the database a moment
/// later. See docs/decisions/0008 and 0025.
/// </summary>
public sealed partial class SendRecord : IAsyncDisposable
{
    private const int MostInCommit = 500;

    /// <summary>So many lines of the journal go into the database together, or those of so long.</summary>
    private const int Together = 100;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly Task<bool> Ours = Task.FromResult(true);

    private readonly Channel<Line> _lines = Channel.CreateUnbounded<Line>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly List<Line> _journaled = [];
    private readonly Dictionary<int, long> _owners = [];
    private readonly SendJournal? _journal;
    private readonly IDbContextFactory<NotificationsDbContext> _contexts;
    private readonly WriteTurn _turn;
    private readonly DeliverySignals _signals;
    private readonly Instruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<SendRecord> _logger;
    private readonly Task _writing;

    public SendRecord(
        IDbContextFactory<NotificationsDbContext> contexts, DataFolder folder, WriteTurn turn, DeliverySignals signals, Instruments instruments, TimeProvider time, ILogger<SendRecord> logger)
    {
        (_contexts, _turn, _signals, _instruments, _time, _logger) = (contexts, turn, signals, instruments, time, logger);
        using (var db = contexts.CreateDbContext())
        {
            _journal = folder.Holds(db) ? new SendJournal(folder.Path) : null;
        }

        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Records how one ended and that the next begins, in one piece. Waits for the database for as long as it takes.</summary>
    /// <param name="durable">Whether it must outlive a power cut at once, and not only this process.</param>
    /// <returns>False when the next is no longer this owner's to send: another took over, or someone cancelled it.</returns>
    public Task<bool> WriteAsync(Ending? ended, InHand? next, bool durable)
    {
        var line = new Line(ended, next, durable);
        return !durable && TryJournal(line) ? Ours : Queue(line);
    }

    /// <summary>From now on nothing begins in the mailbox under an older epoch, and what began is in the database.</summary>
    public Task OwnedAsync(int mailboxId, long epoch)
    {
        if (_journal is null)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            _owners[mailboxId] = Math.Max(epoch, _owners.GetValueOrDefault(mailboxId));
        }

        return FlushAsync();
    }

    /// <summary>What was written until now is in the database.</summary>
    public Task FlushAsync() => _journal is null ? Task.CompletedTask : Queue(new Line(null, null, durable: false));

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
        _journal?.Dispose();
    }

    private Task<bool> Queue(Line line) => _lines.Writer.TryWrite(line) ? line.Done.Task : throw new ObjectDisposedException(nameof(SendRecord));

    private bool TryJournal(Line line)
    {
        if (_journal is null)
        {
            return false;
        }

        lock (_gate)
        {
            // With a database that has taken nothing for so long the senders wait, and the journal stays short.
            if (_journaled.Count >= MostInCommit || (line.Next is { } next && next.Epoch < _owners.GetValueOrDefault(next.MailboxId))
                || _journal.TryAppend(line.Ended, line.Next) is not { } number)
            {
                return false;
            }

            line.Number = number;
            _journaled.Add(line);
            if (_journaled.Count == Together)
            {
                _lines.Writer.TryWrite(new Line(null, null, durable: false));
            }
            else if (_journaled.Count == 1)
            {
                _ = GatherAsync();
            }

            return true;
        }
    }

    private async Task GatherAsync()
    {
        // Of the real time: what waits is real.
        await Task.Delay(Gathering, TimeProvider.System);
        _lines.Writer.TryWrite(new Line(null, null, durable: false));
    }

    private async Task WriteAsync()
    {
        IRecordConnection? connection = null;
        var lines = new List<Line>(MostInCommit);
        while (await _lines.Reader.WaitToReadAsync())
        {
            connection = await TakeAsync(connection, lines);
        }

        // The last ones of the journal, gathered for nobody any more.
        connection = await TakeAsync(connection, lines);
        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<IRecordConnection?> TakeAsync(IRecordConnection? connection, List<Line> lines)
    {
        lines.Clear();
        while (lines.Count < MostInCommit && _lines.Reader.TryRead(out var line))
        {
            lines.Add(line);
        }

        // Read second and put first: whoever waits for a line of the queue has written those of the journal before it.
        var journaled = 0L;
        lock (_gate)
        {
            journaled = _journaled.Count > 0 ? _journaled[^1].Number : 0;
            lines.InsertRange(0, _journaled);
            _journaled.Clear();
        }

        if (lines.Exists(l => !l.IsEmpty))
        {
            connection = await CommitAsync(connection, lines);
        }

        if (journaled > 0)
        {
            lock (_gate)
            {
                _journal!.Applied(journaled);
            }
        }

        foreach (var line in lines)
        {
            line.Done.TrySetResult(line.Ours);
            if (line.Ended is { } ended)
            {
                _signals.Changed(ended.Of.MailboxId);
            }
        }

        return connection;
    }

    // A message that has gone must not be forgotten because the database is away: retried until it answers.
    private async Task<IRecordConnection?> CommitAsync(IRecordConnection? connection, List<Line> lines)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                connection ??= await IRecordConnection.OpenAsync(_contexts, _journal?.Name ?? "");
                using (await _turn.TakeAsync(CancellationToken.None))
                {
                    var began = _time.GetTimestamp();
                    await connection.CommitAsync(lines);
                    _instruments.CommitDuration.Record(_time.GetElapsedTime(began).TotalSeconds);
                }

                return connection;
            }
            catch (DbException ex)
            {
                LogWaiting(ex, lines.Count, pause.TotalSeconds);
                await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
                connection = null;
                await Task.Delay(pause, _time);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not take the record of {Count} messages: sending waits, and tries again in {Seconds} s.")]
    private partial void LogWaiting(DbException ex, int count, double seconds);

    internal sealed class Line(Ending? ended, InHand? next, bool durable)
    {
        public Ending? Ended => ended;

        public InHand? Next => next;

        public bool Durable => durable;

        /// <summary>In the journal; 0 when it is in none.</summary>
        public long Number { get; set; }

        public bool IsEmpty => Ended is null && Next is null;

        public bool Ours { get; set; } = true;

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
