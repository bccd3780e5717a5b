namespace Signify.Notifications.Delivery.Grains;

/// <summary>Wakes the mailboxes that have work. One in the cluster, key 0.</summary>
public interface IDispatcherGrain : IGrainWithIntegerKey
{
    /// <summary>Each process beats twice a second: whichever of them holds the dispatcher, it lives.</summary>
    /// <returns>When the dispatcher has run: a one-way call would return though nothing received it.</returns>
    Task BeatAsync();
}
