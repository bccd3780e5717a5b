namespace Signify.Notifications.Sandbox;

/// <summary>Exchange holds back what is over the rate; older servers refused it.</summary>
public enum TooFast
{
    Delay,
    Refuse,
}
