using System.Data.Common;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Grains;

internal sealed partial class DispatcherGrain(Outbox outbox, MailboxShares shares, TimeProvider time, ILogger<DispatcherGrain> logger) : Grain, IDispatcherGrain
{
    private static readonly TimeSpan BetweenMoves = TimeSpan.FromSeconds(5);

    // Each process beats. One look serves them all.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(400);

    private long _moved = time.GetTimestamp();
    private long? _looked;

    public async Task BeatAsync()
    {
        if (_looked is { } looked && time.GetElapsedTime(looked) < BetweenLooks)
        {
            return;
        }

        _looked = time.GetTimestamp();
        try
        {
            foreach (var (mailbox, leader) in await outbox.WithWorkAsync(CancellationToken.None))
            {
                // One-way: nobody waits for a process that is dying.
                await GrainFactory.GetGrain<IMailboxGrain>(leader).WakeAsync(mailbox);
            }

            if (time.GetElapsedTime(_moved) > BetweenMoves)
            {
                _moved = time.GetTimestamp();
                await BalanceAsync();
            }
        }
        catch (DbException ex)
        {
            LogDatabaseAway(ex);
        }
    }

    private async Task BalanceAsync()
    {
        foreach (var (mailbox, to) in await shares.MovesAsync(CancellationToken.None))
        {
            await GrainFactory.GetGrain<IMailboxGrain>(mailbox).MoveAsync(to);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database did not answer the dispatcher; the next beat asks again.")]
    private partial void LogDatabaseAway(DbException ex);
}
