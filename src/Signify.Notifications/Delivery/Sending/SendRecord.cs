using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Persistence;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Writes down what is about to go and what became of it. A connection waits for its line before it goes on, so that a process that
/// is killed leaves at most one message for each connection in doubt; the lines of all connections share a commit. See
/// docs/decisions/0008.
/// </summary>
public sealed partial class SendRecord : IAsyncDisposable
{
    private const int MostInCommit = 500;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<Line> _lines = Channel.CreateUnbounded<Line>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IDbContextFactory<NotificationsDbContext> _contexts;
    private readonly WriteTurn _turn;
    private readonly DeliverySignals _signals;
    private readonly Instruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<SendRecord> _logger;
    private readonly Task _writing;

    public SendRecord(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, DeliverySignals signals, Instruments instruments, TimeProvider time, ILogger<SendRecord> logger)
    {
        (_contexts, _turn, _signals, _instruments, _time, _logger) = (contexts, turn, signals, instruments, time, logger);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Records how one ended and that the next begins, in one commit. Waits for the database for as long as it takes.</summary>
    /// <param name="durable">Whether the commit must outlive a power cut at once, and not only this process.</param>
    /// <returns>False when the next is no longer this owner's to send: another took over, or someone cancelled it.</returns>
    public Task<bool> WriteAsync(Ending? ended, InHand? next, bool durable)
    {
        var line = new Line(ended, next, durable);
        return _lines.Writer.TryWrite(line) ? line.Done.Task : throw new ObjectDisposedException(nameof(SendRecord));
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        IRecordConnection? connection = null;
        var lines = new List<Line>(MostInCommit);
        while (await _lines.Reader.WaitToReadAsync())
        {
            lines.Clear();
            while (lines.Count < MostInCommit && _lines.Reader.TryRead(out var line))
            {
                lines.Add(line);
            }

            connection = await CommitAsync(connection, lines);
            foreach (var line in lines)
            {
                line.Done.SetResult(line.Ours);
                if (line.Ended is { } ended)
                {
                    _signals.Changed(ended.Of.MailboxId);
                }
            }
        }

        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // A message that has gone must not be forgotten because the database is away: retried until it answers.
    private async Task<IRecordConnection?> CommitAsync(IRecordConnection? connection, List<Line> lines)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                connection ??= await IRecordConnection.OpenAsync(_contexts);
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

        public bool Ours { get; set; } = true;

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
