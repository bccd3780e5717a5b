namespace Signify.Notifications.Delivery.Grains;

/// <summary>One for each process of the cluster, and in it. Key: the process's silo address.</summary>
public interface IProcessGrain : IGrainWithStringKey
{
    /// <returns>The silo address of the process that answers; null when it does not reach the database either.</returns>
    Task<string?> ReachesDatabaseAsync();
}
