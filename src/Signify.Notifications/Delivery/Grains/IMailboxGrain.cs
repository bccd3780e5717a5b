using Orleans.Concurrency;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>
/// The one owner, in the whole cluster, of a mailbox and of those that share its sending limits. Key: <see cref="Mailbox.Id"/>; of
/// several that share, the smallest.
/// </summary>
public interface IMailboxGrain : IGrainWithIntegerKey
{
    /// <summary>Something may be due. A hint: the rows are the truth, and a lost hint is made good by the next beat.</summary>
    /// <param name="mailbox">Which of them; passed on when another one is their owner.</param>
    [OneWay]
    Task WakeAsync(int mailbox);

    /// <summary>Brings the messages on their way to their end, and goes on in another process.</summary>
    /// <param name="silo">That process's silo address.</param>
    [OneWay]
    Task MoveAsync(string silo);
}
