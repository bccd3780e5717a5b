using CsCheck;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Whatever goes wrong in whatever order, each notification ends in exactly one outcome, and that outcome is true.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class FaultScheduleTests
{
    // A schedule that deletes leaves others to continue with.
    private static readonly int[] Sizes = [6, 3, 3, 1, 1];

    private static readonly Finding Reason = new(FindingCode.ServerBusy, "Some fault.", "Wait.");

    private enum Fault
    {
        None,
        Rejected,
        RetryLater,
        DoubtAndGone,
        DoubtAndLost,
        Throttled,
        Unreachable,
        Configuration,
        TakenOver,
        DeletedAndGone,
        DeletedAndRetryLater,
        DeletedAndTakenOver,
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Each_notification_ends_in_exactly_one_true_outcome() =>
        Gen.Select(Gen.Enum<Fault>().Array[5, 60], Gen.Bool).SampleAsync(
            async t => await RunAsync(t.Item1, t.Item2 ? OnDoubt.Hold : OnDoubt.Resend), iter: TestDatabase.OnPostgreSql
                ? 8
                : 40, threads: 1);

    private static async Task RunAsync(Fault[] faults, OnDoubt onDoubt)
    {
        await using var lab = await PumpLab.StartAsync();
        foreach (var size in Sizes)
        {
            await lab.HandInAsync(size, onDoubt: onDoubt, ofOne: size == 1);
        }

        var deletions = new Deletions(lab);
        var reached = new Dictionary<string, int>();
        var doubts = new Dictionary<string, int>();
        var next = 0;
        lab.Server.Before = arrival =>
        {
            deletions.Begin(arrival.To);
            return Task.CompletedTask;
        };
        lab.Server.Answer = arrival =>
        {
            lock (reached)
            {
                return Meet(lab, deletions, arrival.To, next < faults.Length ? faults[next++] : Fault.None, reached, doubts);
            }
        };

        for (var round = 0; round < 200 && await IsUnfinishedAsync(lab, deletions); round++)
        {
            await MakeDueAsync(lab);
            await lab.DrainAsync();
        }

        var rows = await lab.RowsAsync();
        foreach (var n in rows)
        {
            var arrived = reached.GetValueOrDefault(n.To);
            var doubtful = doubts.GetValueOrDefault(n.To);
            switch (n.State)
            {
                case NotificationState.Sent:
                    Assert.InRange(arrived, 1, 1 + doubtful);
                    break;
                case NotificationState.Failed:
                    Assert.InRange(arrived, 0, doubtful);
                    break;
                case NotificationState.InDoubt:
                    Assert.True(doubtful > 0, "In doubt without a reason.");
                    Assert.InRange(arrived, 0, doubtful);
                    break;
                default:
                    Assert.Fail($"{n.To} did not come to an outcome: {n.State}.");
                    break;
            }
        }

        Assert.All(reached, r => Assert.InRange(r.Value, 1, 1 + doubts.GetValueOrDefault(r.Key)));
        foreach (var mailing in rows.GroupBy(n => n.MailingId))
        {
            var counts = await lab.MailingAsync(mailing.Key);
            Assert.Equal(
                new[] { NotificationState.Sent, NotificationState.Failed, NotificationState.InDoubt }.Select(s =>
                    mailing.Count(n => n.State == s)),
                [counts.Sent, counts.Failed, counts.InDoubt]);
        }

        await deletions.AssertAsync();
    }

    private static async Task<bool> IsUnfinishedAsync(PumpLab lab, Deletions deletions) =>
        (await lab.RowsAsync()).Any(n => n.State < NotificationState.Sent) || await deletions.AreUnfinishedAsync();

    private static SendOutcome Meet(
        PumpLab lab, Deletions deletions, string to, Fault fault, Dictionary<string, int> reached, Dictionary<string, int> doubts)
    {
        switch (fault)
        {
            case Fault.Rejected:
                return new SendOutcome.Rejected(Reason, $"550 5.{reached.Count}.{doubts.Count} {to}");
            case Fault.RetryLater:
                return new SendOutcome.RetryLater(Reason, "451 later", null);
            case Fault.DoubtAndGone:
                Count(reached, to);
                Count(doubts, to);
                return new SendOutcome.InDoubt(Reason, null);
            case Fault.DoubtAndLost:
                Count(doubts, to);
                return new SendOutcome.InDoubt(Reason, null);
            case Fault.Throttled:
                return new SendOutcome.Stopped(StopKind.Throttled, Reason, "432 4.3.2", null);
            case Fault.Unreachable:
                return new SendOutcome.Stopped(StopKind.Unreachable, Reason, null, null);
            case Fault.Configuration:
                return new SendOutcome.Stopped(StopKind.Configuration, Reason, "554 5.7.60", null);
            case Fault.TakenOver:
                // Another process takes the mailbox over while this message is on its way, which arrives.
                Count(reached, to);
                Count(doubts, to);
                lab.StealAsync().GetAwaiter().GetResult();
                return new SendOutcome.Accepted("250 OK");
            case Fault.DeletedAndGone:
                Count(reached, to);
                deletions.DeleteMailingOfAsync(to).GetAwaiter().GetResult();
                return new SendOutcome.Accepted("250 OK");
            case Fault.DeletedAndRetryLater:
                deletions.DeleteMailingOfAsync(to).GetAwaiter().GetResult();
                return new SendOutcome.RetryLater(Reason, "451 later", null);
            case Fault.DeletedAndTakenOver:
                Count(reached, to);
                Count(doubts, to);
                deletions.DeleteMailingOfAsync(to).GetAwaiter().GetResult();
                lab.StealAsync().GetAwaiter().GetResult();
                return new SendOutcome.Accepted("250 OK");
            default:
                Count(reached, to);
                return new SendOutcome.Accepted("250 OK");
        }
    }

    private static void Count(Dictionary<string, int> counts, string to) => counts[to] = counts.GetValueOrDefault(to) + 1;

    private static Task MakeDueAsync(PumpLab lab) => lab.ChangeAsync(async db =>
    {
        await db.Set<Notification>().ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, DateTimeOffset.UnixEpoch), Ct);
        await db.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(m => m.WaitUntil, (DateTimeOffset?)null).SetProperty(m => m.Hold, Hold.None), Ct);
    });
}
