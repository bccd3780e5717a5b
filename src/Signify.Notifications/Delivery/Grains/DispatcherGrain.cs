using System.Data.Common;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Grains;

internal sealed partial class DispatcherGrain(Outbox outbox, MailboxShares shares, TimeProvider time, ILogger<DispatcherGrain> logger) : Grain, IDispatcherGrain
{
    private static readonly TimeSpan BetweenMoves = TimeSpan.FromSeconds(5);

    private long _moved = time.GetTimestamp();

    public async Task BeatAsync()
    {
        try
        {
            foreach (var mailbox in await outbox.WithWorkAsync(CancellationToken.None))
            {
                // One-way: nobody waits for a process that is dying.
                await GrainFactory.GetGrain<IMailboxGrain>(mailbox).WakeAsync();
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
