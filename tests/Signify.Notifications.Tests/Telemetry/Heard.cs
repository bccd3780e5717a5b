using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Signify.Notifications.Health.Figures;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Delivery.Sending;

namespace Signify.Notifications.Tests.Telemetry;

/// <summary>What one program's instruments say, as "name key=value …" with the sum, the last value of a gauge, or how many were recorded.</summary>
public sealed class Heard : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _values = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();

    public Heard(Instruments instruments)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Programs of other tests have instruments of the same names.
            if (ReferenceEquals(instrument.Meter.Scope, instruments))
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<Instrument> Published => _instruments.Values;

    /// <summary>Asks the gauges; those that tell nothing are not in it.</summary>
    public IReadOnlyDictionary<string, double> Collect()
    {
        foreach (var gauge in _values.Keys.Where(key => _instruments[key.Split(' ')[0]].IsObservable))
        {
            _values.TryRemove(gauge, out _);
        }

        _listener.RecordObservableInstruments();
        return _values;
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}").Order(StringComparer.Ordinal).Prepend(instrument.Name));
        var counts = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);
        _values.AddOrUpdate(key, counts ? 1 : value, (_, sum) => instrument.IsObservable ? value : sum + (counts ? 1 : value));
    }
}

internal static class Gauges
{
    /// <summary>As a host does when it starts.</summary>
    public static void MakeGauges(this PumpLab lab) => _ = lab.Library.Get<IEnumerable<IHostedService>>().OfType<ClusterGauges>().Single();
}
