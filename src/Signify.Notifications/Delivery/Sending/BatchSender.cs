using System.Threading.Channels;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Sends for a mailbox under one revision of its settings: claims batches at the mailbox's pace and hands them to its connections.</summary>
internal sealed class BatchSender(SenderParts parts, SenderSetup setup, PaceGate pace) : IAsyncDisposable
{
    // Claimed only what may go this soon: the rest can still be overtaken by an urgent one.
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    // Then the pump looks after what became due, was paused or expired meanwhile.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(1);

    private readonly SenderConnections _connections = new(parts, setup, pace);

    public Guid RevisionId => setup.RevisionId;

    public PaceGate Pace => pace;

    /// <summary>Closes its connections for another ruleset that shares the mailbox, unless they are in use.</summary>
    public Task CloseIdleAsync() => _connections.CloseIdleAsync();

    /// <summary>For about a second, or until the queue is empty, the mailbox has to stop, or the settings change.</summary>
    /// <returns>Whether it is worth coming back at once.</returns>
    public async Task<bool> RunAsync(MailboxState first, CancellationToken ct)
    {
        if (!await _connections.TryEnterAsync(ct))
        {
            return true;
        }

        using var run = new BatchRun(parts, setup, pace, first);
        pace.Add(run.Control);
        var working = new List<Task>();
        var any = false;
        try
        {
            any = await ClaimAsync(run, working, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What is in hand comes to its end below.
        }
        catch (ChannelClosedException)
        {
            // A connection broke the run; its fault comes to light below.
        }
        finally
        {
            run.Claimed.TryComplete();
            try
            {
                await Task.WhenAll(working);
                if (pace.Limits.Unlimited)
                {
                    await parts.Record.SettleAsync();
                }
            }
            finally
            {
                await _connections.LeaveAsync();
            }
        }

        await EndAsync(run, first);
        // Where the sending limits let none of the claimed ones go, the next run would only claim the same ones again.
        return any && (!run.BeyondLimits || run.Progressed || run.Control.Stopped);
    }

    private async Task EndAsync(BatchRun run, MailboxState first)
    {
        if (run.HasUnsent || run.Urgent.TryTake() is not null)
        {
            await parts.Outbox.ReleaseUnsentAsync(setup.MailboxId, setup.Epoch, CancellationToken.None);
        }

        // A wait that this run set is younger than its successes.
        if (run.WentWell && first.Waits > 0 && run.WaitUntil is null)
        {
            await parts.States.WentWellAsync(setup.MailboxId, setup.Epoch, first, CancellationToken.None);
        }
    }

    /// <summary>Hangs up, politely.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        setup.Dispose();
    }

    private async Task<bool> ClaimAsync(BatchRun run, List<Task> working, CancellationToken ct)
    {
        var any = false;
        var began = parts.Time.GetTimestamp();
        while (!run.Control.Stopped)
        {
            if (parts.Time.GetElapsedTime(began) > LongestRun)
            {
                return true;
            }

            ct.ThrowIfCancellationRequested();
            var permits = pace.PermitsWithin(Horizon, (int)setup.Settings.BatchSize) - (pace.Limits.Unlimited ? 0 : run.Control.InHandCount);
            if (permits <= 0)
            {
                if (await WaitForPaceAsync(run, ct))
                {
                    continue;
                }

                return any;
            }

            var batch = await run.ClaimAsync(permits, Priority.Low, ct);
            if (batch.Count == 0)
            {
                return any;
            }

            any = true;
            await HandOutAsync(batch, run, working, ct);
        }

        return any;
    }

    private async Task HandOutAsync(IReadOnlyList<InHand> batch, BatchRun run, List<Task> working, CancellationToken ct)
    {
        var useful = pace.ConnectionsFor(setup.MailboxId, batch.Count);
        while (working.Count < useful)
        {
            var connection = _connections[working.Count];
            working.Add(Task.Run(() => connection.WorkAsync(run, ct), CancellationToken.None));
        }

        foreach (var n in batch)
        {
            // A connection takes each of these, to send it or to give it back. An urgent one does not queue after the others.
            if (n.Priority == Priority.Urgent)
            {
                run.Urgent.Add(n);
            }

            await run.Claimed.WriteAsync(n.Priority == Priority.Urgent ? null : n, CancellationToken.None);
        }
    }

    /// <returns>False when the wait is the daily limit's: it is long, and said so on the mailbox.</returns>
    private async Task<bool> WaitForPaceAsync(BatchRun run, CancellationToken ct)
    {
        // A wait stops what is in flight of the mailbox: with room left for it, it would be lost for a day.
        if (pace.UntilDayFreeForCertain() > TimeSpan.FromMinutes(1))
        {
            await run.WaitForDayAsync(1);
            return false;
        }

        var wait = pace.Until(1);
        await Task.Delay(wait < LongestLook ? wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(10) : LongestLook, parts.Time, ct);
        await run.Control.LookAsync(ct);
        return true;
    }
}
