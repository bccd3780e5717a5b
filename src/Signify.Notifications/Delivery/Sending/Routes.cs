using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

internal static class Routes
{
    /// <summary>As the API spells it, without making a text of it each time.</summary>
    public static string Word(Route route) => route == Route.Graph ? "graph" : "smtp";
}
