using System.Data.Common;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>One connection of a sender: takes from the batch, sends, records, takes the next. Kept open for as long as there is work.</summary>
internal sealed class SenderConnection(SenderParts parts, SenderSetup setup, PaceGate pace, RefusalStreak streak) : IAsyncDisposable
{
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(3);

    private readonly Verdict _verdict = new(setup.Route, parts.Random);
    private readonly KeptSession _session = new(parts, setup);
    private readonly MessageComposer _composer = new(parts, setup);
    private Ending? _unrecorded;

    private enum Turn
    {
        Goes,
        GoesBack,

        /// <summary>Goes back: the sending limits leave no room for it now.</summary>
        BeyondLimits,

        /// <summary>Recorded as waiting for its own time.</summary>
        SetAside,
    }

    /// <summary>Until the batch is at its end or the sender stops. What it could not send goes back: <see cref="BatchRun.HasUnsent"/>.</summary>
    public async Task WorkAsync(BatchRun run, CancellationToken ct)
    {
        var done = false;
        try
        {
            while (await NextAsync(run) is { } n)
            {
                await HandleAsync(n, run, ct);
            }

            done = true;
        }
        finally
        {
            if (!done)
            {
                run.Break();
            }

            await FlushAsync();
        }
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    // What ended is written down before the connection waits for anything else.
    private async Task<InHand?> NextAsync(BatchRun run)
    {
        if (TryNext(run) is { } ready)
        {
            return ready;
        }

        await FlushAsync();
        while (await run.Batch.WaitToReadAsync())
        {
            if (TryNext(run) is { } n)
            {
                return n;
            }
        }

        return run.Urgent.TryTake();
    }

    private static InHand? TryNext(BatchRun run)
    {
        if (run.Urgent.TryTake() is { } urgent)
        {
            return urgent;
        }

        // Null means an urgent one, which another connection may have taken.
        while (run.Batch.TryRead(out var n))
        {
            if ((n ?? run.Urgent.TryTake()) is { } next)
            {
                return next;
            }
        }

        return null;
    }

    private async Task HandleAsync(InHand n, BatchRun run, CancellationToken ct)
    {
        try
        {
            var turn = ct.IsCancellationRequested ? Turn.GoesBack : await AwaitTurnAsync(n, run, ct);
            run.BeyondLimits |= turn == Turn.BeyondLimits;
            run.Progressed |= turn != Turn.BeyondLimits;
            if (turn == Turn.Goes)
            {
                await SendAsync(n, run, ct);
            }
            else if (turn != Turn.SetAside)
            {
                run.HasUnsent = true;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The program stops, and nothing of this one has gone.
            run.HasUnsent = true;
        }
        finally
        {
            run.Control.Remove(n.Id);
            n.Trace?.Over();
        }
    }

    // Queried again after each pause of its own: meanwhile an urgent message may have come, or this one been called back.
    private async Task<Turn> AwaitTurnAsync(InHand n, BatchRun run, CancellationToken ct)
    {
        while (true)
        {
            await run.Control.LookAsync(ct);
            if (n.Priority != Priority.Urgent && !await LetUrgentsPassAsync(run, ct))
            {
                return Turn.GoesBack;
            }

            if (!run.Control.Wants(n.Id))
            {
                return Turn.GoesBack;
            }

            if (!_session.Usable)
            {
                await FlushAsync();
                if (!await _session.OpenAsync(run, n.Trace, ct))
                {
                    return Turn.GoesBack;
                }

                continue;
            }

            var wait = pace.TryStart(setup.MailboxId, n.Recipients);
            if (wait == TimeSpan.Zero)
            {
                return Turn.Goes;
            }

            if (wait > Horizon)
            {
                return await BeyondLimitsAsync(n, run);
            }

            await FlushAsync();
            await Task.Delay(wait, parts.Time, ct);
        }
    }

    /// <returns>False when this run has lasted long enough: the next one claims in order again.</returns>
    private async Task<bool> LetUrgentsPassAsync(BatchRun run, CancellationToken ct)
    {
        while (await run.Urgent.TakeAsync(ct) is { } urgent)
        {
            await HandleAsync(urgent, run, ct);
            if (run.IsLong)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The daily limit has no room for so many recipients now. Where it has room for fewer, the message waits for its own time and
    /// others pass, once: then the mailbox waits for it, so that smaller ones cannot use up the room for ever.
    /// </summary>
    private async Task<Turn> BeyondLimitsAsync(InHand n, BatchRun run)
    {
        var now = parts.Time.GetUtcNow();
        var untilRoom = pace.UntilDayFree(n.Recipients);
        if (untilRoom <= Horizon || pace.UntilDayFree(1) > Horizon)
        {
            return Turn.BeyondLimits;
        }

        await FlushAsync();
        if ((await HistoryAsync(n)).SetAsideForDay)
        {
            await run.WaitForDayAsync(n.Recipients);
            return Turn.BeyondLimits;
        }

        var setAside = _verdict.SetAside(n, Causes.DailyLimitReached.Told(), now + untilRoom, now);
        return await RecordUntriedAsync(n, setAside) ? Turn.SetAside : Turn.GoesBack;
    }

    private async Task SendAsync(InHand n, BatchRun run, CancellationToken ct)
    {
        using var span = n.Trace?.StartMessage(n);
        var counted = false;
        try
        {
            var now = parts.Time.GetUtcNow();
            var (mail, onDoubt, unusable) = await _composer.ComposeAsync(n, run, now, ct);
            if (mail is null)
            {
                var untried = _verdict.Untried(n, n.ExpiresAt <= now ? NotificationEvent.Expire : NotificationEvent.Failed, unusable, now);
                await FlushAsync();
                if (!await RecordUntriedAsync(n, untried))
                {
                    run.HasUnsent = true;
                    return;
                }

                span?.Tell(untried);
                setup.Measures.Ended(untried);
                return;
            }

            var began = parts.Time.GetTimestamp();
            var start = new StartRecord(() => parts.Record.WriteAsync(Interlocked.Exchange(ref _unrecorded, null), n, durable: !pace.Limits.Unlimited));
            var outcome = await _session.SendAsync(mail with { Start = start }, run, ct);
            // From the response on: what follows waits for the database.
            using var paused = outcome is SendOutcome.Stopped { Reason.Code: var code } && SharedMailbox.Concerns(code) ? pace.Pause() : null;
            if (!await start.WriteAsync())
            {
                // Canceled, held, paused or taken over since it was claimed: nothing of it has gone.
                run.HasUnsent = true;
                return;
            }

            // In the order of the responses: what follows waits for the database, and other connections pass.
            var doubtful = outcome is SendOutcome.InDoubt && streak.Doubted();
            if (outcome is SendOutcome.Accepted)
            {
                streak.Accepted();
            }

            var history = outcome is SendOutcome.InDoubt or SendOutcome.Stopped ? await HistoryAsync(n) : AttemptHistory.None;
            var fault = outcome as SendOutcome.Stopped;
            outcome = Verdict.Attribute(outcome, history, run.OthersPassed);
            var ending = _verdict.Of(outcome, n, onDoubt, history, now, parts.Time.GetUtcNow());
            setup.Measures.Took(parts.Time.GetElapsedTime(began), outcome);
            setup.Measures.Ended(ending);
            span?.Tell(ending);
            counted = outcome is SendOutcome.Accepted or SendOutcome.InDoubt or SendOutcome.Rejected;
            if (counted)
            {
                pace.Completed(n.Recipients, parts.Time.GetElapsedTime(began));
                ending = outcome is SendOutcome.Rejected || pace.Limits.Unlimited ? ending : ending with { PacedRecipients = n.Recipients };
            }

            _unrecorded = ending;
            await ConcludeAsync(outcome, fault, doubtful, n, run);
            _unrecorded = Verdict.LetOthersPass(ending, history, run.WaitUntil);
        }
        finally
        {
            if (!counted)
            {
                pace.Undone(n.Recipients);
            }
        }
    }

    private async Task ConcludeAsync(SendOutcome outcome, SendOutcome.Stopped? fault, bool doubtful, InHand n, BatchRun run)
    {
        switch (outcome)
        {
            case SendOutcome.Accepted:
                run.WentWell = true;
                break;
            case SendOutcome.Rejected r when streak.Refused(r.Reason.Code, r.Words, n.To):
                await run.StopAsync(Hold.RepeatedRefusals, r.Reason, r.Words);
                break;
            case SendOutcome.InDoubt d when doubtful || d.After is not null:
                await run.StopAsync(new SendOutcome.Stopped(StopKind.Unreachable, d.Reason, d.Words, d.After));
                break;
            case SendOutcome.Stopped s:
                await run.StopAsync(s);
                break;
            // The message's own fault; but a server that asks for time is left alone for as long.
            case SendOutcome.RetryLater { After: not null } when fault is not null:
                await run.StopAsync(fault);
                break;
        }

        if (!_session.Usable)
        {
            await _session.DisposeAsync();
        }
    }

    // Without an answer of the database each attempt may have been an unconfirmed one.
    private async Task<AttemptHistory> HistoryAsync(InHand n)
    {
        try
        {
            return await AttemptHistory.ReadAsync(parts.Contexts, n.Id, CancellationToken.None);
        }
        catch (DbException)
        {
            return AttemptHistory.None with { Unconfirmed = n.Attempts };
        }
    }

    /// <returns>False when the message must not be touched any more: it goes back.</returns>
    private async Task<bool> RecordUntriedAsync(InHand n, Ending untried) =>
        await parts.Record.WriteAsync(null, n, durable: true) && await parts.Record.WriteAsync(untried, null, durable: true);

    private async Task FlushAsync()
    {
        if (Interlocked.Exchange(ref _unrecorded, null) is { } ended)
        {
            await parts.Record.WriteAsync(ended, null, durable: true);
        }
    }
}
