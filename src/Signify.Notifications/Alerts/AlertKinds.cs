namespace Signify.Notifications.Alerts;

/// <summary>What follows from the kind of an alert.</summary>
public static class AlertKinds
{
    /// <summary>Good news and tests: over as soon as they are told, and told each time.</summary>
    public static bool IsNews(this AlertKind kind) => kind is AlertKind.ConfigurationRecovered or AlertKind.SendingResumed or AlertKind.Test;

    /// <summary>The road on which an e-mail would go is itself what failed: nothing can go before it is mended, and then it is old.</summary>
    public static bool IsOfTheRoute(this AlertKind kind) => kind is AlertKind.ConfigurationFailed or AlertKind.SendingHeld;
}
