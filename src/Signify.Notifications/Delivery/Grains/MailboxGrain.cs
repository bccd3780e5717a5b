using System.Data.Common;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime.Placement;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>Hosts the <see cref="MailboxPump"/>. A fault costs the pump, not the grain: the next one takes over under a new epoch and sweeps up.</summary>
[RandomPlacement]
internal sealed partial class MailboxGrain(SenderParts parts, RunningPumps running, ILogger<MailboxGrain> logger) : Grain, IMailboxGrain
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleBeforeHangUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IdleBeforeLeaving = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _leaving = CancellationTokenSource.CreateLinkedTokenSource(running.Stopping);
    private MailboxPump? _pump;
    private Task _draining = Task.CompletedTask;
    private bool _woken;
    private long _idleSince;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _idleSince = parts.Time.GetTimestamp();
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions { DueTime = Tick, Period = Tick, Interleave = true });
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leaving.CancelAsync();
        await _draining;
        await GiveUpAsync();
        _leaving.Dispose();
    }

    public async Task MoveAsync(string silo)
    {
        await _leaving.CancelAsync();
        await _draining;
        await GiveUpAsync();
        RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(silo));
        MigrateOnIdle();
    }

    public Task WakeAsync()
    {
        _woken = true;
        return TickAsync(CancellationToken.None);
    }

    private async Task TickAsync(CancellationToken ct)
    {
        if (!_draining.IsCompleted)
        {
            return;
        }

        if (_woken && !_leaving.IsCancellationRequested)
        {
            (_woken, _idleSince) = (false, parts.Time.GetTimestamp());
            // Away from the grain's own scheduler: the pump uses as many threads as it has connections.
            _draining = running.Track(Task.Run(DrainAsync, CancellationToken.None));
            return;
        }

        var idle = parts.Time.GetElapsedTime(_idleSince);
        if (idle > IdleBeforeHangUp && _pump is { } pump)
        {
            await pump.HangUpAsync();
        }

        if (idle > IdleBeforeLeaving)
        {
            DeactivateOnIdle();
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            _pump ??= await MailboxPump.TakeOverAsync(parts, (int)this.GetPrimaryKeyLong(), _leaving.Token);
            // Without one, another process owns it and lives: the next wake asks again.
            if (_pump is not null && await _pump.DrainAsync(_leaving.Token) == Drained.NotOwner)
            {
                await GiveUpAsync();
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            await GiveUpAsync();
        }
        catch (DbException ex)
        {
            LogDatabaseAway(ex, this.GetPrimaryKeyLong());
            await GiveUpAsync();
        }
        catch (Exception ex)
        {
            // The loop that must not die: the next wake starts afresh.
            LogFault(ex, this.GetPrimaryKeyLong());
            await GiveUpAsync();
        }
    }

    private async Task GiveUpAsync()
    {
        if (_pump is { } pump)
        {
            _pump = null;
            await pump.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mailbox {Mailbox}: the database did not answer; sending goes on when it does.")]
    private partial void LogDatabaseAway(DbException ex, long mailbox);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mailbox {Mailbox}: the sender broke off; it starts afresh.")]
    private partial void LogFault(Exception ex, long mailbox);
}
