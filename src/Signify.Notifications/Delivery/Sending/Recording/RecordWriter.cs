using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Signify.Notifications.Persistence;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// Writes the recorder's lines to the database, with growing pauses while the database fails. It throws nothing. For one caller at a time.
/// </summary>
internal sealed partial class RecordWriter(
    IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, Instruments instruments, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockedPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LockedSettlePause = TimeSpan.FromMilliseconds(50);

    private IRecordConnection? _connection;
    private TimeSpan _pause = FirstPause;
    private TimeSpan _settlePause;
    private long _settledAt;
    private volatile bool _refused;

    /// <summary>Whether the database itself gave the reason of the last failure.</summary>
    public bool WasRefused => _refused;

    /// <summary>Whether the last settlement failed; one that met a locked mailbox did not.</summary>
    public bool SettleFailed { get; private set; }

    /// <summary>Until it is worth trying again, after a failure to settle or where a mailbox was locked.</summary>
    public TimeSpan PauseBeforeSettling => _settlePause - Stopwatch.GetElapsedTime(_settledAt) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <param name="written">Called for each line that is written.</param>
    /// <returns>The lines that are still to be written: their mailbox is locked, or the commit failed.</returns>
    public async Task<List<RecordLine>> CommitAsync(List<RecordLine> lines, Action<RecordLine> written)
    {
        try
        {
            var locked = await CommitOnceAsync(lines, written);
            _pause = FirstPause;
            if (locked.Count > 0)
            {
                await Task.Delay(LockedPause, TimeProvider.System);
            }

            return [.. locked];
        }
        catch (Exception ex)
        {
            await FailedAsync(ex, lines.Count, _pause);
            // Not the database: one line that cannot be written must not keep the others.
            var left = ex is DbException || lines.Count == 1 ? lines : await OneByOneAsync(lines, written);
            _pause = left.Count < lines.Count ? FirstPause : _pause;
            await Task.Delay(_pause, time);
            _pause = Longer(_pause);
            return left;
        }
    }

    /// <returns>Those that are still to be settled: their mailbox is locked, or the database failed.</returns>
    public async Task<List<InHand>> SettleAsync(List<InHand> sent)
    {
        try
        {
            _connection ??= await IRecordConnection.OpenAsync(contexts);
            using var held = await turn.TakeAsync(CancellationToken.None);
            var left = await _connection.SettleAsync(sent);
            SettleFailed = false;
            // A mailbox that is locked is left alone for a moment.
            (_settlePause, _settledAt) = (left.Count == 0 ? TimeSpan.Zero : LockedSettlePause, Stopwatch.GetTimestamp());
            return [.. left];
        }
        catch (Exception ex)
        {
            (_settlePause, _settledAt) = (SettleFailed ? Longer(_settlePause) : FirstPause, Stopwatch.GetTimestamp());
            SettleFailed = true;
            await FailedAsync(ex, sent.Count, _settlePause);
            return sent;
        }
    }

    public async ValueTask DisposeAsync()
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

    private async Task<List<RecordLine>> OneByOneAsync(List<RecordLine> lines, Action<RecordLine> written)
    {
        var left = new List<RecordLine>();
        foreach (var line in lines)
        {
            try
            {
                left.AddRange(await CommitOnceAsync([line], written));
            }
            catch (Exception ex)
            {
                await FailedAsync(ex, 1, _pause);
                left.Add(line);
            }
        }

        return left;
    }

    private async Task<IReadOnlyList<RecordLine>> CommitOnceAsync(List<RecordLine> lines, Action<RecordLine> written)
    {
        _connection ??= await IRecordConnection.OpenAsync(contexts);
        using var held = await turn.TakeAsync(CancellationToken.None);
        var began = time.GetTimestamp();
        var locked = await _connection.CommitAsync(lines);
        instruments.CommitDuration.Record(time.GetElapsedTime(began).TotalSeconds);
        foreach (var line in locked.Count == 0 ? lines : lines.Except(locked))
        {
            line.Done.TrySetResult(line.Next is null || line.Begun);
            written(line);
        }

        return locked;
    }

    private async Task FailedAsync(Exception ex, int lines, TimeSpan pause)
    {
        LogFailed(ex, lines, pause.TotalSeconds);
        _refused = ex is PostgresException or SqliteException;
        await DisposeAsync();
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    [LoggerMessage(Level = LogLevel.Error, Message = "Recording the results of {Count} messages failed; sending waits, retrying in {Seconds} s.")]
    private partial void LogFailed(Exception ex, int count, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Closing the recorder's database connection failed.")]
    private partial void LogDiscarded(Exception ex);
}
