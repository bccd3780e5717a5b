using System.Collections.Concurrent;
using System.Diagnostics;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Telemetry;

/// <summary>Batches and messages as traces show them. Alone, as one who listens hears every test.</summary>
[Collection(nameof(Silence))]
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class BatchTraceTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public BatchTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Every_message_stands_under_its_batch_which_ends_with_the_last_of_them()
    {
        await using var lab = await PumpLab.StartAsync();
        lab.Server.Answer = arrival => arrival.To == "r1@contoso.com"
            ? new SendOutcome.Rejected(new Finding(FindingCode.RecipientRejected, "No such person.", "Check."), "550 5.1.1 no such person r1@contoso.com")
            : new SendOutcome.Accepted("250 2.0.0 OK");
        await lab.HandInAsync(40);

        await lab.DrainAsync();

        var batches = Named(SpanNames.Batch);
        Assert.Equal(40, batches.Sum(b => (int)b.GetTagItem("signify.batch.size")!));
        Assert.All(batches, b => Assert.Null(b.Parent));
        Assert.Equal(40, Named(SpanNames.Message).Count);
        Assert.All(Named(SpanNames.Message), m => Assert.Contains(batches, b => b.SpanId == m.ParentSpanId && b.StartTimeUtc + b.Duration >= m.StartTimeUtc));
        var refused = Assert.Single(Named(SpanNames.Message), m => m.Status == ActivityStatusCode.Error);
        Assert.Equal(("recipient-rejected", "failed", null), (refused.GetTagItem("error.type"), refused.GetTagItem("signify.outcome"), refused.StatusDescription));
        Assert.All(Named(SpanNames.Session), s => Assert.Contains(batches, b => b.SpanId == s.ParentSpanId));
        Assert.All(_ended, a => Assert.DoesNotContain(a.TagObjects, t => $"{t.Value}".Contains('@', StringComparison.Ordinal)));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task A_batch_in_which_each_message_meets_a_fault_ends_all_the_same()
    {
        await using var lab = await PumpLab.StartAsync();
        lab.Server.Before = _ => throw new InvalidOperationException("A fault of ours.");
        await lab.HandInAsync(40);

        await lab.DrainAsync();

        Assert.NotEmpty(Named(SpanNames.Batch));
    }

    private List<Activity> Named(string name) => [.. _ended.Where(a => a.OperationName == name)];
}
