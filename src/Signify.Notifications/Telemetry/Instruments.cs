using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Signify.Notifications.Telemetry;

/// <summary>What the program measures of its own work; one set for each host. docs/telemetry.md says what each means.</summary>
public sealed class Instruments : IDisposable
{
    private const string Notifications = "{notification}";

    private static readonly InstrumentAdvice<double> Network = new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] };
    private static readonly InstrumentAdvice<double> Disk = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] };
    private static readonly InstrumentAdvice<int> Batches = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 30, 50, 100] };

    private readonly long[] _sessions = new long[2];

    public Instruments(IOptions<TelemetryOptions> options)
    {
        PerRuleset = options.Value.PerRuleset;
        Meter = new Meter(new MeterOptions(Tracing.Name) { Version = Tracing.Source.Version, Scope = this });
        HandedIn = Meter.CreateCounter<long>("signify.notifications.handed_in", Notifications, "Notifications handed in and stored.");
        Sent = Meter.CreateCounter<long>("signify.notifications.sent", Notifications, "Notifications that a server accepted.");
        Failed = Meter.CreateCounter<long>("signify.notifications.failed", Notifications, "Notifications that failed for good, by finding code.");
        Deferred = Meter.CreateCounter<long>("signify.notifications.deferred", Notifications, "Attempts that ended in another try later, by finding code.");
        InDoubt = Meter.CreateCounter<long>("signify.notifications.in_doubt", Notifications, "Attempts whose link broke when the message may have gone already, by finding code.");
        Throttles = Meter.CreateCounter<long>("signify.mailbox.throttles", "{throttle}", "Times a provider made a mailbox slow down or wait, by finding code.");
        Stops = Meter.CreateCounter<long>("signify.mailbox.stops", "{stop}", "Times a mailbox had to wait or was held for another fault than its messages', by kind and finding code.");
        MessageDuration = Meter.CreateHistogram("signify.message.duration", "s", "From taking a message up to the server's answer, by outcome.", tags: null, Network);
        TokenDuration = Meter.CreateHistogram("signify.token.duration", "s", "Time that a token of Microsoft Entra took, by resource.", tags: null, Network);
        CommitDuration = Meter.CreateHistogram("signify.record.commit.duration", "s", "Time of one commit of the record of what is on its way and what ended.", tags: null, Disk);
        BatchSize = Meter.CreateHistogram("signify.batch.size", Notifications, "Notifications taken from the queue at once.", tags: null, Batches);
        Meter.CreateObservableUpDownCounter("signify.sessions.open", Sessions, "{session}", "Connections to mail servers that senders hold open; over Graph, requests that may be under way at once.");
    }

    /// <summary>For what is read from the database rather than counted here.</summary>
    internal Meter Meter { get; }

    internal bool PerRuleset { get; }

    internal Counter<long> HandedIn { get; }

    internal Counter<long> Sent { get; }

    internal Counter<long> Failed { get; }

    internal Counter<long> Deferred { get; }

    internal Counter<long> InDoubt { get; }

    internal Counter<long> Throttles { get; }

    internal Counter<long> Stops { get; }

    internal Histogram<double> MessageDuration { get; }

    internal Histogram<double> TokenDuration { get; }

    internal Histogram<double> CommitDuration { get; }

    internal Histogram<int> BatchSize { get; }

    /// <param name="graph">Or SMTP.</param>
    internal void SessionOpened(bool graph) => Interlocked.Increment(ref _sessions[graph ? 1 : 0]);

    internal void SessionClosed(bool graph) => Interlocked.Decrement(ref _sessions[graph ? 1 : 0]);

    public void Dispose() => Meter.Dispose();

    // Kept as a number and told when asked: one who begins to listen late hears the truth.
    private IEnumerable<Measurement<long>> Sessions() =>
    [
        new(Interlocked.Read(ref _sessions[0]), new KeyValuePair<string, object?>(Tags.Route, "smtp")),
        new(Interlocked.Read(ref _sessions[1]), new KeyValuePair<string, object?>(Tags.Route, "graph")),
    ];
}
