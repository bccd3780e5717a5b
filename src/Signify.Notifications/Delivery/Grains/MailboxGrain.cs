using System.Data.Common;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime.Placement;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>
/// Hosts the <see cref="MailboxPump"/> of each mailbox that shares its sending limits. A fault costs the pump, not the grain: the next
/// one takes over under a new epoch and sweeps up.
/// </summary>
[RandomPlacement]
internal sealed partial class MailboxGrain(
    SenderParts parts, RunningPumps running, IGrainFactory grains, ILogger<MailboxGrain> logger) : Grain, IMailboxGrain
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleBeforeHangUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IdleBeforeLeaving = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _leaving = CancellationTokenSource.CreateLinkedTokenSource(running.Stopping);
    private readonly Dictionary<int, OwnedMailbox> _owned = [];
    private long _idleSince;

    private int Id => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _idleSince = parts.Time.GetTimestamp();
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions { DueTime = Tick, Period = Tick, Interleave = true });
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await LeaveAsync();
        _leaving.Dispose();
    }

    public async Task MoveAsync(string silo)
    {
        await LeaveAsync();
        RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(silo));
        MigrateOnIdle();
    }

    public Task WakeAsync(int mailbox)
    {
        if (!_owned.TryGetValue(mailbox, out var owned))
        {
            _owned[mailbox] = owned = new OwnedMailbox(parts, mailbox);
        }

        owned.Woken = true;
        Start(owned);
        return Task.CompletedTask;
    }

    private Task TickAsync(CancellationToken ct)
    {
        foreach (var owned in _owned.Values.ToList())
        {
            Start(owned);
            if (owned.Idle > IdleBeforeHangUp && owned.HasPump)
            {
                // Released as well: its settings may have changed, so that it is another process's.
                owned.Run(o => o.GiveUpAsync(), running);
            }
            else if (owned.Idle > IdleBeforeHangUp)
            {
                _owned.Remove(owned.Id);
            }
        }

        if (_owned.Count > 0)
        {
            _idleSince = parts.Time.GetTimestamp();
        }
        else if (parts.Time.GetElapsedTime(_idleSince) > IdleBeforeLeaving - IdleBeforeHangUp)
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    private void Start(OwnedMailbox owned)
    {
        if (owned is { Woken: true, Draining: false } && !_leaving.IsCancellationRequested)
        {
            owned.Woken = false;
            owned.Run(DrainAsync, running);
        }
    }

    private async Task DrainAsync(OwnedMailbox owned)
    {
        try
        {
            var group = (await parts.States.ReadAsync(owned.Id, _leaving.Token)).Group(owned.Id);
            if (group.Leader != Id)
            {
                await owned.GiveUpAsync();
                // Not the grain's own factory, which refuses calls from other threads.
                await grains.GetGrain<IMailboxGrain>(group.Leader).WakeAsync(owned.Id);
                return;
            }

            await owned.SendAsync(_leaving.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            await owned.GiveUpAsync();
        }
        catch (DbException ex)
        {
            LogDatabaseAway(ex, owned.Id);
            await owned.GiveUpAsync();
        }
        catch (Exception ex)
        {
            // The loop that must not die: the next wake starts afresh.
            LogFault(ex, owned.Id);
            await owned.GiveUpAsync();
        }
    }

    private async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        foreach (var owned in _owned.Values.ToList())
        {
            await owned.Ended;
            await owned.GiveUpAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mailbox {Mailbox}: the database did not answer; sending goes on when it does.")]
    private partial void LogDatabaseAway(DbException ex, long mailbox);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mailbox {Mailbox}: the sender broke off; it starts afresh.")]
    private partial void LogFault(Exception ex, long mailbox);
}
