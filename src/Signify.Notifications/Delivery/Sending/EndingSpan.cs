using System.Diagnostics;
using Signify.Notifications.Findings;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.Sending;

internal static class EndingSpan
{
    /// <summary>What became of a message, on its span.</summary>
    public static void Tell(this Activity span, Ending ending)
    {
        if (!span.IsAllDataRequested)
        {
            return;
        }

        span.SetTag(Tags.Outcome, ending.Attempt?.Outcome.ToCode() ?? ending.State.ToCode());
        if (ending.Attempt?.Code is { } code)
        {
            span.Fail(code);
        }
    }
}
