namespace Signify.Notifications.Settings;

/// <summary>How many notifications the sender takes from the queue at once.</summary>
public enum BatchSize
{
    Small = 10,
    Medium = 30,
    Large = 100,
}
