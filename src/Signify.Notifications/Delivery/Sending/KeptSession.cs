using System.Data.Common;
using System.Diagnostics;
using Signify.Notifications.Findings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A connection's way to the server: opened when it is needed, kept for as long as it works.</summary>
internal sealed class KeptSession(SenderParts parts, SenderSetup setup) : IAsyncDisposable
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(5);

    private ITransportSession? _session;
    private bool _sentOn;

    public bool Usable => _session is { Usable: true };

    /// <param name="trace">The batch it is opened for; null within one message.</param>
    /// <returns>False when the road is not open; the mailbox waits or is held then.</returns>
    public async Task<bool> OpenAsync(BatchRun run, BatchTrace? trace, CancellationToken ct)
    {
        await DisposeAsync();
        using var span = trace is null ? Tracing.Child(SpanNames.Session, ActivityKind.Client) : trace.Start(SpanNames.Session, ActivityKind.Client);
        span?.SetTag(Tags.Route, Routes.Word(setup.Route));
        try
        {
            _session = await parts.Transport(setup.Route).OpenAsync(setup.Settings, ct);
            _sentOn = false;
            setup.Measures.SessionOpened();
            return true;
        }
        catch (TransportUnavailableException ex)
        {
            span?.Fail(ex.Findings[0].Code);
            await run.StopAsync(new SendOutcome.Stopped(StopKinds.Of(ex.Findings[0].Code), ex.Findings[0], ex.Evidence, ex.RetryAfter));
            return false;
        }
        catch (Exception ex) when (ex is not DbException && ct.IsCancellationRequested)
        {
            // The sender is stopping: the exception is a consequence.
            throw new OperationCanceledException(ex.Message, ex, ct);
        }
        catch (Exception ex) when (ex is not DbException)
        {
            var fault = UntranslatedFault.OfOpening(ex);
            span?.Fail(fault.Reason.Code);
            parts.LogRouteFault(setup.MailboxId, ex.GetType().Name, ex.StackTrace);
            await run.StopAsync(fault);
            return false;
        }
    }

    /// <summary>A server hangs up on a connection that was idle, which is no fault of the road: opened anew at once, once.</summary>
    public async Task<SendOutcome> SendAsync(OutgoingMail mail, BatchRun run, CancellationToken ct)
    {
        var kept = _sentOn;
        _sentOn = true;
        var outcome = await TryAsync(mail, ct);
        if (!kept || Usable || outcome is not SendOutcome.Stopped { Kind: StopKind.Unreachable })
        {
            return outcome;
        }

        // The result of the message before must not wait for the new connection.
        _ = mail.Start.WriteAsync();
        try
        {
            if (!await OpenAsync(run, trace: null, ct))
            {
                return outcome;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It stands written down as on its way, so that it has to be written down that it did not go.
            return new SendOutcome.Withdrawn();
        }

        _sentOn = true;
        return await TryAsync(mail, ct);
    }

    /// <summary>Hangs up, politely where the server still listens.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is not { } session)
        {
            return;
        }

        _session = null;
        setup.Measures.SessionClosed();
        try
        {
            if (session.Usable)
            {
                using var limit = new CancellationTokenSource(FarewellLimit, parts.Time);
                await session.CloseAsync(limit.Token);
            }

            await session.DisposeAsync();
        }
        catch (Exception ex)
        {
            // All messages are concluded: how the connection ends concerns none of them.
            parts.LogRouteFault(setup.MailboxId, ex.GetType().Name, ex.StackTrace);
        }
    }

    private async Task<SendOutcome> TryAsync(OutgoingMail mail, CancellationToken ct)
    {
        try
        {
            return await _session!.SendAsync(mail, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new SendOutcome.Withdrawn();
        }
        catch (Exception ex) when (ex is not DbException)
        {
            parts.LogRouteFault(setup.MailboxId, ex.GetType().Name, ex.StackTrace);
            var outcome = UntranslatedFault.OfSending(ex, mail.Start.IsWritten);
            await DisposeAsync();
            return outcome;
        }
    }
}
