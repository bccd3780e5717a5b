using System.Diagnostics.Metrics;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Runs code within each claim of a fixture's sender: after its commit, before the sender takes note of what it claimed.</summary>
internal static class ClaimListener
{
    public static MeterListener Start(PumpLab lab, Action claimed)
    {
        var histogram = lab.Library.Get<Instruments>().BatchSize;
        var listener = new MeterListener();
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) =>
        {
            if (ReferenceEquals(instrument, histogram))
            {
                claimed();
            }
        });
        listener.EnableMeasurementEvents(histogram);
        listener.Start();
        return listener;
    }
}
