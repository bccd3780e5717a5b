using System.Data.Common;
using System.Threading.Channels;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>One connection of a sender: takes from the batch, sends, records, takes the next. Kept open for as long as there is work.</summary>
internal sealed class SenderConnection(SenderParts parts, SenderSetup setup, PaceGate pace, RefusalStreak streak) : IAsyncDisposable
{
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(3);

    private readonly Verdict _verdict = new(setup.Route, parts.Random);
    private readonly KeptSession _session = new(parts, setup);
    private Ending? _unrecorded;

    /// <summary>Until the batch is at its end or the sender stops. What it could not send is left in <see cref="BatchRun.GivenBack"/>.</summary>
    public async Task WorkAsync(BatchRun run, CancellationToken ct)
    {
        var done = false;
        try
        {
            while (await NextAsync(run.Batch) is { } n)
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
    private async Task<InHand?> NextAsync(ChannelReader<InHand> batch)
    {
        if (batch.TryRead(out var ready))
        {
            return ready;
        }

        await FlushAsync();
        while (await batch.WaitToReadAsync())
        {
            if (batch.TryRead(out var n))
            {
                return n;
            }
        }

        return null;
    }

    private async Task HandleAsync(InHand n, BatchRun run, CancellationToken ct)
    {
        try
        {
            if (ct.IsCancellationRequested || !await MayGoAsync(n, run, ct))
            {
                run.GivenBack.Add(n.Id);
                return;
            }

            await SendAsync(n, run, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The program stops, and nothing of this one has gone.
            run.GivenBack.Add(n.Id);
        }
        finally
        {
            run.Control.Remove(n.Id);
            n.Trace?.Over();
        }
    }

    private async Task<bool> MayGoAsync(InHand n, BatchRun run, CancellationToken ct)
    {
        await run.Control.LookAsync(ct);
        if (!run.Control.Wants(n.Id))
        {
            return false;
        }

        if (!_session.Usable)
        {
            await FlushAsync();
            if (!await _session.OpenAsync(run, n.Trace, ct))
            {
                return false;
            }
        }

        for (var wait = pace.TryStart(setup.MailboxId, n.Recipients); wait > TimeSpan.Zero; wait = pace.TryStart(setup.MailboxId, n.Recipients))
        {
            if (wait > Horizon)
            {
                return false;
            }

            await FlushAsync();
            await Task.Delay(wait, parts.Time, ct);
            await run.Control.LookAsync(ct);
            if (!run.Control.Wants(n.Id))
            {
                return false;
            }
        }

        return true;
    }

    private async Task SendAsync(InHand n, BatchRun run, CancellationToken ct)
    {
        using var span = n.Trace?.StartMessage(n);
        var counted = false;
        try
        {
            var now = parts.Time.GetUtcNow();
            var (mail, onDoubt, unusable) = await ComposeAsync(n, run, now, ct);
            if (mail is null)
            {
                var untried = _verdict.Untried(n, n.ExpiresAt <= now ? NotificationState.Expired : NotificationState.Failed, unusable, now);
                span?.Tell(untried);
                setup.Measures.Ended(untried);
                await RecordAsync(untried, next: null);
                return;
            }

            var began = parts.Time.GetTimestamp();
            var written = parts.Record.WriteAsync(Interlocked.Exchange(ref _unrecorded, null), n, durable: !pace.Limits.Unlimited);
            var outcome = await _session.SendAsync(mail with { WrittenDown = written }, run, ct);
            if (!await written)
            {
                return;
            }

            var ending = _verdict.Of(outcome, n, onDoubt, now, parts.Time.GetUtcNow());
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
            await ConcludeAsync(outcome, n, run);
        }
        finally
        {
            if (!counted)
            {
                pace.Undone(n.Recipients);
            }
        }
    }

    private async Task<(OutgoingMail? Mail, OnDoubt OnDoubt, Finding? Unusable)> ComposeAsync(InHand n, BatchRun run, DateTimeOffset now, CancellationToken ct)
    {
        if (n.ExpiresAt <= now)
        {
            return (null, default, null);
        }

        if (await setup.Mails.FindAsync(n.MailingId, ct) is not { } mailing)
        {
            return (null, default, Causes.MailingDeleted.Told());
        }

        var begun = parts.Time.GetTimestamp();
        try
        {
            return (mailing.Compose(n, StillWanted), mailing.OnDoubt, null);
        }
        catch (TemplateException ex)
        {
            return (null, default, Causes.TextNotMade.Told(("why", ex.Message)));
        }

        bool StillWanted() => run.Control.Wants(n.Id) && (parts.Time.GetElapsedTime(begun) < Horizon || IsMine(n));
    }

    // A process that was frozen since it wrote down "on its way" asks the database whether it still is the owner. Without an answer it is not.
    private bool IsMine(InHand n)
    {
        try
        {
            return parts.Outbox.IsMine(n);
        }
        catch (DbException)
        {
            return false;
        }
    }

    private async Task ConcludeAsync(SendOutcome outcome, InHand n, BatchRun run)
    {
        switch (outcome)
        {
            case SendOutcome.Accepted:
                streak.Accepted();
                run.WentWell = true;
                break;
            case SendOutcome.Rejected r when streak.Refused(r.Reason.Code, r.Words, n.To):
                await run.StopAsync(Hold.RepeatedRefusals, r.Reason, r.Words);
                break;
            case SendOutcome.InDoubt d when streak.Doubted():
                await run.StopAsync(new SendOutcome.Stopped(StopKind.Unreachable, d.Reason, d.Words, null));
                break;
            case SendOutcome.Stopped s:
                await run.StopAsync(s);
                break;
        }

        if (!_session.Usable)
        {
            await _session.DisposeAsync();
        }
    }

    private async Task RecordAsync(Ending ended, InHand? next)
    {
        await FlushAsync();
        await parts.Record.WriteAsync(ended, next, durable: true);
    }

    private async Task FlushAsync()
    {
        if (Interlocked.Exchange(ref _unrecorded, null) is { } ended)
        {
            await parts.Record.WriteAsync(ended, null, durable: true);
        }
    }
}
