using System.Net.Sockets;
using System.Security.Authentication;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// What an exception means that no transport translated. A fault of the network, a library's own time-out included, passes by itself
/// and is retried by schedule; anything else would recur with each message, and holds the mailbox.
/// </summary>
internal static class UntranslatedFault
{
    public static SendOutcome.Stopped OfOpening(Exception ex) => IsOfNetwork(ex)
        ? new SendOutcome.Stopped(StopKind.Unreachable, Causes.RouteFault.Told(("fault", ex.GetType().Name)), null, null)
        : new SendOutcome.Stopped(StopKind.Configuration, Causes.SettingsUnusable.Told(("fault", ex.GetType().Name)), null, null);

    /// <param name="recorded">Whether the message was recorded as in flight: before that no transport completes it.</param>
    public static SendOutcome OfSending(Exception ex, bool recorded) => recorded
        ? new SendOutcome.InDoubt(Causes.RouteFault.Told(("fault", ex.GetType().Name)), null)
        : new SendOutcome.Stopped(StopKind.Unreachable, Causes.RouteFault.Told(("fault", ex.GetType().Name)), null, null);

    private static bool IsOfNetwork(Exception? ex) => ex switch
    {
        null => false,
        OperationCanceledException or TimeoutException => true,
        IOException or SocketException or HttpRequestException or AuthenticationException => true,
        AggregateException several => several.InnerExceptions.Any(IsOfNetwork),
        _ => IsOfNetwork(ex.InnerException),
    };
}
