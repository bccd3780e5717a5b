using System.Data.Common;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Grains;

internal sealed partial class DispatcherGrain(Outbox outbox, ILogger<DispatcherGrain> logger) : Grain, IDispatcherGrain
{
    public async Task BeatAsync()
    {
        try
        {
            foreach (var mailbox in await outbox.WithWorkAsync(CancellationToken.None))
            {
                // One-way: nobody waits for a process that is dying.
                await GrainFactory.GetGrain<IMailboxGrain>(mailbox).WakeAsync();
            }
        }
        catch (DbException ex)
        {
            LogDatabaseAway(ex);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database did not answer the dispatcher; the next beat asks again.")]
    private partial void LogDatabaseAway(DbException ex);
}
