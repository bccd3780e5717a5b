using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Health.Figures;

/// <summary>
/// What is read from the database and not counted here, so that every instance tells the same. Read when somebody collects, and once in
/// ten seconds at the most; while the database does not answer nothing is told, rather than what was.
/// </summary>
internal sealed partial class ClusterGauges : IHostedService
{
    private const string Cluster = " Cluster-wide: every instance tells the same, take the maximum and not the sum.";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly FiguresReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger<ClusterGauges> _logger;
    private readonly bool _perRuleset;
    private readonly Lock _gate = new();
    private IReadOnlyList<MailboxFigures> _figures = [];
    private long? _readAt;

    public ClusterGauges(Instruments instruments, FiguresReader reader, TimeProvider time, ILogger<ClusterGauges> logger)
    {
        (_reader, _time, _logger, _perRuleset) = (reader, time, logger, instruments.PerRuleset);
        var meter = instruments.Meter;
        meter.CreateObservableGauge("signify.queue.depth", Depth, "{notification}",
            "Notifications that wait (also for a later time), that wait in a paused mailing, or are in a sender's hands. Exact while no more than 100,000 mailings are unfinished." + Cluster);
        meter.CreateObservableGauge("signify.queue.age", () => Of(Oldest), "s", "For how long the oldest notification that is due has been due; 0 when none is." + Cluster);
        meter.CreateObservableGauge("signify.mailboxes.held", Held, "{mailbox}", "Mailboxes whose sending is stopped until somebody acts or a check passes, by reason." + Cluster);
        meter.CreateObservableGauge("signify.credential.time_left", () => Of(TimeLeft), "d", "Days to the end of the client secret or certificate that ends first; negative when it is over, absent when no end is known." + Cluster);
    }

    // Asked for by the host so that the gauges are there from the start.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<long>> Depth() => Of<long>(mailboxes => mailboxes.Count == 0 ? [] :
    [
        new(mailboxes.Sum(m => m.Waiting), Tag(Tags.QueueState, "waiting")),
        new(mailboxes.Sum(m => m.Paused), Tag(Tags.QueueState, "paused")),
        new(mailboxes.Sum(m => m.InHand), Tag(Tags.QueueState, "in-hand")),
    ]);

    // A reason that holds nobody is told with 0, so that an alert sees it end.
    private IEnumerable<Measurement<long>> Held() => Of<long>(mailboxes => mailboxes.Count == 0 ? [] :
        Enum.GetValues<Hold>().Where(hold => hold != Hold.None)
            .Select(hold => new Measurement<long>(mailboxes.Count(m => m.Hold == hold), Tag(Tags.Hold, hold.ToCode()))));

    private static IEnumerable<Measurement<double>> Oldest(IReadOnlyCollection<MailboxFigures> mailboxes) =>
        mailboxes.Count == 0 ? [] : [new(mailboxes.Max(m => m.Age).TotalSeconds)];

    private static IEnumerable<Measurement<long>> TimeLeft(IReadOnlyCollection<MailboxFigures> mailboxes) =>
        mailboxes.Min(m => m.DaysLeft) is { } days ? [new(days)] : [];

    /// <summary>Of all mailboxes together, or of each with the id of its ruleset.</summary>
    private IEnumerable<Measurement<T>> Of<T>(Func<IReadOnlyCollection<MailboxFigures>, IEnumerable<Measurement<T>>> told)
        where T : struct =>
        !_perRuleset ? told(Read()) : Read().SelectMany(m => told([m])
            .Select(measured => new Measurement<T>(measured.Value, Tagged(measured, m.RulesetId))));

    private IReadOnlyList<MailboxFigures> Read()
    {
        lock (_gate)
        {
            if (_readAt is not { } at || _time.GetElapsedTime(at) > Fresh)
            {
                _readAt = _time.GetTimestamp();
                _figures = TryRead();
            }

            return _figures;
        }
    }

    private IReadOnlyList<MailboxFigures> TryRead()
    {
        try
        {
            return _reader.Read();
        }
        catch (DbException ex)
        {
            LogDatabaseAway(ex);
            return [];
        }
    }

    private static KeyValuePair<string, object?>[] Tagged<T>(Measurement<T> measured, Guid rulesetId)
        where T : struct => [.. measured.Tags, Tag(Tags.Ruleset, rulesetId)];

    private static KeyValuePair<string, object?> Tag(string key, object value) => new(key, value);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer the metrics of the queue; the next collection asks again.")]
    private partial void LogDatabaseAway(DbException ex);
}
