using System.Diagnostics;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// A batch as traces show it: from its claim until each of its messages has come to something. It points to the hand-ins of what
/// it holds, whichever process took them; each message's span points to its own.
/// </summary>
internal sealed class BatchTrace
{
    private readonly Activity _batch;
    private readonly Dictionary<long, ActivityContext> _handIns;
    private int _left;

    private BatchTrace(Activity batch, Dictionary<long, ActivityContext> handIns, int left) => (_batch, _handIns, _left) = (batch, handIns, left);

    /// <returns>Null while nobody listens.</returns>
    public static async Task<BatchTrace?> BeginAsync(Outbox outbox, int mailboxId, Route route, IReadOnlyList<InHand> claimed, CancellationToken ct)
    {
        if (!Tracing.On)
        {
            return null;
        }

        var handIns = new Dictionary<long, ActivityContext>();
        foreach (var (mailing, stored) in await outbox.TraceParentsAsync([.. claimed.Select(n => n.MailingId).Distinct()], ct))
        {
            if (Tracing.Restored(stored) is { } context)
            {
                handIns[mailing] = context;
            }
        }

        var batch = Tracing.Root(SpanNames.Batch, ActivityKind.Consumer, handIns.Values.Select(context => new ActivityLink(context)));
        batch?.SetTag(Tags.Mailbox, mailboxId).SetTag(Tags.Route, Routes.Word(route)).SetTag(Tags.BatchSize, claimed.Count);
        return batch is null ? null : new BatchTrace(batch, handIns, claimed.Count);
    }

    public Activity? Start(string name, ActivityKind kind) => Tracing.Source.StartActivity(name, kind, _batch.Context);

    public Activity? StartMessage(InHand n)
    {
        var links = _handIns.TryGetValue(n.MailingId, out var handIn) ? [new ActivityLink(handIn)] : Array.Empty<ActivityLink>();
        var span = Tracing.Source.StartActivity(ActivityKind.Consumer, _batch.Context, links: links, name: SpanNames.Message);
        return span?.SetTag(Tags.Notification, n.Id).SetTag(Tags.Mailing, n.MailingId).SetTag(Tags.Attempt, n.Attempts + 1);
    }

    /// <summary>One of them came to something, or goes back untried.</summary>
    public void Over()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            End();
        }
    }

    /// <summary>For the second time it does nothing.</summary>
    public void End() => _batch.Dispose();
}
