using System.Collections.Concurrent;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>
/// Controls and faults in any order, with one owner that keeps the mailbox: every message ends once, and none that was canceled or
/// deleted is sent later.
/// </summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ControlScheduleTests
{
    // Mailings and single notifications: the API deletes one by deleting its mailing.
    private static readonly int[] Sizes = [4, 4, 4, 1, 1];

    private static readonly Finding Reason = new(FindingCode.ServerBusy, "Some fault.", "Wait.");

    private enum Step
    {
        Accept,
        Reject,
        RetryLater,
        Unconfirmed,
        Throttled,
        Configuration,
        CancelAndRetryLater,
        CancelAndThrottle,
        CancelAndUnconfirmed,
        CancelAnother,
        Pause,
        ResendFailed,
        Retention,
        NewSettings,
        Delete,
        DeleteAndRetryLater,
        DeleteAndUnconfirmed,
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SignIn.None)]
    [InlineData(SignIn.Token)]
    public Task Every_message_ends_once_and_no_canceled_or_deleted_one_is_sent_later(SignIn signIn) =>
        Gen.Enum<Step>().Array[5, 40].SampleAsync(steps => RunAsync(steps, signIn), iter: 15, threads: 1);

    private static async Task RunAsync(Step[] steps, SignIn signIn)
    {
        var configuration = new Dictionary<string, string?> { ["Pace:ExchangeOnline:MessagesPerMinute"] = "60000" };
        await using var lab = await PumpLab.StartAsync(signIn, configuration: configuration);
        foreach (var size in Sizes)
        {
            await lab.HandInAsync(size, ofOne: size == 1);
        }

        var run = new Run(lab, (await lab.RowsAsync()).ToDictionary(n => n.To, n => n.MailingId), signIn, new ConcurrentQueue<Step>(steps));
        lab.Server.Before = run.BeginAsync;
        lab.Server.Answer = run.Answer;
        await using var pump = await lab.TakeOverAsync();
        for (var round = 0; round < 200 && await run.IsUnfinishedAsync(); round++)
        {
            await run.GoOnAsync();
            await pump.DrainAsync(Ct);
        }

        await run.AssertAsync();
    }

    private sealed class Run(PumpLab lab, Dictionary<string, long> mailings, SignIn signIn, ConcurrentQueue<Step> steps)
    {
        private readonly Deletions _deletions = new(lab);
        private readonly ConcurrentDictionary<string, bool> _canceled = new();
        private readonly ConcurrentBag<string> _sentAfterCancel = [];
        private readonly ConcurrentDictionary<string, int> _accepted = new();
        private readonly Lock _one = new();

        public Task BeginAsync(FakeTransport.Arrival arrival)
        {
            if (_canceled.ContainsKey(arrival.To))
            {
                _sentAfterCancel.Add(arrival.To);
            }

            _deletions.Begin(arrival.To);
            return Task.CompletedTask;
        }

        public async Task<bool> IsUnfinishedAsync() =>
            (await lab.RowsAsync()).Any(n => n.State < NotificationState.Sent) || await _deletions.AreUnfinishedAsync();

        public SendOutcome Answer(FakeTransport.Arrival arrival)
        {
            lock (_one)
            {
                return AnswerAsync(arrival.To, steps.TryDequeue(out var step) ? step : Step.Accept).GetAwaiter().GetResult();
            }
        }

        public async Task GoOnAsync()
        {
            foreach (var mailing in mailings.Values.Distinct())
            {
                await lab.Library.Get<MailingControl>().ResumeAsync(TestLibrary.Ruleset, mailing, "ada", Ct);
            }

            await lab.ChangeAsync(async db =>
            {
                await db.Set<Notification>().ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, DateTimeOffset.UnixEpoch), Ct);
                await db.Set<Mailbox>().ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.WaitUntil, (DateTimeOffset?)null).SetProperty(m => m.Hold, Hold.None), Ct);
            });
        }

        public async Task AssertAsync()
        {
            var rows = await lab.RowsAsync();
            Assert.Empty(_sentAfterCancel);
            Assert.DoesNotContain(rows, n => n.State < NotificationState.Sent);
            Assert.All(rows, n => Assert.Equal(n.State == NotificationState.Sent ? 1 : 0, _accepted.GetValueOrDefault(n.To)));
            Assert.All(_accepted, sent => Assert.Equal(1, sent.Value));
            foreach (var mailing in rows.GroupBy(n => n.MailingId))
            {
                var counts = await lab.MailingAsync(mailing.Key);
                Assert.Equal(
                    new[] { NotificationState.Sent, NotificationState.Failed, NotificationState.InDoubt, NotificationState.Cancelled }
                        .Select(s => mailing.Count(n => n.State == s)),
                    [counts.Sent, counts.Failed, counts.InDoubt, counts.Cancelled]);
            }

            await _deletions.AssertAsync();
        }

        private async Task<SendOutcome> AnswerAsync(string to, Step step)
        {
            switch (step)
            {
                case Step.Reject:
                    return new SendOutcome.Rejected(Reason, $"550 5.{_accepted.Count}.{steps.Count} {to}");
                case Step.RetryLater:
                    return new SendOutcome.RetryLater(Reason, "451 later", null);
                case Step.Unconfirmed:
                    return new SendOutcome.InDoubt(Reason, null);
                case Step.Throttled:
                    return new SendOutcome.Stopped(StopKind.Throttled, Reason, "432 4.3.2", null);
                case Step.Configuration:
                    return new SendOutcome.Stopped(StopKind.Configuration, Reason, "554 5.7.60", null);
                case Step.CancelAndRetryLater or Step.CancelAndThrottle or Step.CancelAndUnconfirmed:
                    return await CancelAsync(to, step);
                case Step.DeleteAndRetryLater:
                    await _deletions.DeleteMailingOfAsync(to);
                    return new SendOutcome.RetryLater(Reason, "451 later", null);
                case Step.DeleteAndUnconfirmed:
                    await _deletions.DeleteMailingOfAsync(to);
                    return new SendOutcome.InDoubt(Reason, null);
                default:
                    await ControlAsync(step, to);
                    _accepted.AddOrUpdate(to, 1, (_, n) => n + 1);
                    return new SendOutcome.Accepted("250 OK");
            }
        }

        private async Task<SendOutcome> CancelAsync(string to, Step step)
        {
            // Its mailing may have been deleted meanwhile.
            if ((await lab.RowsAsync()).SingleOrDefault(n => n.To == to) is { } row)
            {
                await lab.Library.Get<NotificationControl>().CancelAsync(TestLibrary.Ruleset, row.Id, "ada", Ct);
            }

            _canceled[to] = true;
            return step switch
            {
                Step.CancelAndRetryLater => new SendOutcome.RetryLater(Reason, "451 later", null),
                Step.CancelAndThrottle => new SendOutcome.Stopped(StopKind.Throttled, Reason, "432 4.3.2", null),
                _ => new SendOutcome.InDoubt(Reason, null),
            };
        }

        private async Task ControlAsync(Step step, string to)
        {
            var rows = await lab.RowsAsync();
            switch (step)
            {
                case Step.CancelAnother when rows.FirstOrDefault(n => n.State == NotificationState.Queued) is { } waiting:
                    await lab.Library.Get<NotificationControl>().CancelAsync(TestLibrary.Ruleset, waiting.Id, "ada", Ct);
                    break;
                case Step.Pause:
                    await lab.Library.Get<MailingControl>().PauseAsync(TestLibrary.Ruleset, mailings[to], "ada", Ct);
                    break;
                case Step.Delete:
                    await _deletions.DeleteMailingOfAsync(to);
                    break;
                case Step.ResendFailed when rows.FirstOrDefault(n => n.State == NotificationState.Failed) is { } failed:
                    await lab.Library.Get<NotificationControl>().ResendAsync(TestLibrary.Ruleset, failed.Id, "ada", Ct);
                    break;
                case Step.Retention:
                    await lab.Library.Get<RetentionSweep>().RunPortionAsync(Ct);
                    break;
                case Step.NewSettings:
                    await lab.ActivateAsync(signIn);
                    break;
            }
        }
    }
}
