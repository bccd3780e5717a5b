using Orleans.Concurrency;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>The one owner of a mailbox in the whole cluster. Key: <see cref="Mailbox.Id"/>.</summary>
public interface IMailboxGrain : IGrainWithIntegerKey
{
    /// <summary>Something may be due. A hint: the rows are the truth, and a lost hint is made good by the next beat.</summary>
    [OneWay]
    Task WakeAsync();

    /// <summary>Brings the messages on their way to their end, and goes on in another process.</summary>
    /// <param name="silo">That process's silo address.</param>
    [OneWay]
    Task MoveAsync(string silo);
}
