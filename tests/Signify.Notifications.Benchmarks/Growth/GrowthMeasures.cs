using System.Diagnostics;
using System.Globalization;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Benchmarks;

/// <summary>What is asked of the big mailbox, and of all of them, through the program's own classes.</summary>
/// <param name="rows">How long the history is.</param>
internal sealed class GrowthMeasures(GrowthLab lab, long rows)
{
    private const int Big = 1;
    private const int Claimed = 10;
    private const int Repetitions = 31;
    private const int Deletions = 7;
    private const int Warm = 3;

    private static readonly CancellationToken None = CancellationToken.None;

    public async Task<IReadOnlyList<GrowthCost>> RunAsync() => [.. await OfHistoryAsync(), await MeasureAsync("retention looks at all 10,000", 1, RoundAsync)];

    /// <summary>Before the first size, whose figures would else be those of code that is not compiled well yet. Without the long look at all rulesets.</summary>
    public async Task WarmUpAsync()
    {
        for (var i = 0; i < Warm; i++)
        {
            await OfHistoryAsync();
        }
    }

    private async Task<IReadOnlyList<GrowthCost>> OfHistoryAsync() =>
    [
        await ClaimAsync(),
        await MeasureAsync("wake: which of 10,000 have work", Repetitions, WakeAsync),
        await MeasureAsync("Overview, with its chart", Repetitions, OverviewAsync),
        await ActivityAsync("Activity, first page", new ActivitySearch(), new PageOf()),
        await ActivityAsync("Activity, a page in the middle", new ActivitySearch(), new PageOf(After: Place())),
        // No more than the shortest history has of them: the page is as full at every size.
        await ActivityAsync("Activity, failed", new ActivitySearch { States = [NotificationState.Failed] }, new PageOf(Most: 15)),
        await ActivityAsync("Activity, one recipient", new ActivitySearch { Recipient = Letter.Recipient(0) }, new PageOf()),
        await RetentionAsync(),
    ];

    private string Place() => (GrowthRows.First + (rows / 2)).ToString(CultureInfo.InvariantCulture);

    private async Task<GrowthCost> ClaimAsync()
    {
        var outbox = lab.Program.Get<Outbox>();
        var epoch = await outbox.TakeOverAsync(Big, None) ?? throw new InvalidOperationException("The mailbox has another owner.");
        IReadOnlyList<InHand> claimed = [];
        return await MeasureAsync("claim of 10", Repetitions, async () => claimed = await outbox.ClaimAsync(Big, epoch, Claimed, None), after: async () =>
        {
            Expect(claimed.Count, Claimed);
            await outbox.ReleaseUnsentAsync(Big, epoch, None);
        });
    }

    private async Task WakeAsync() => Expect((await lab.Program.Get<Outbox>().WithWorkAsync(None)).Count, GrowthRulesets.WithWork);

    private async Task OverviewAsync()
    {
        var overview = lab.Program.Get<OverviewReader>();
        await overview.ReadAsync(Ruleset.DefaultId, None);
        await overview.ChartAsync(Ruleset.DefaultId, None);
    }

    private Task<GrowthCost> ActivityAsync(string operation, ActivitySearch search, PageOf page) => MeasureAsync(operation, Repetitions, async () =>
    {
        if ((await lab.Program.Get<ActivityReader>().SearchAsync(Ruleset.DefaultId, search, page, None)).Items.Count == 0)
        {
            throw new InvalidOperationException($"{operation} finds nothing.");
        }
    });

    /// <summary>What it deletes is put in before, and is gone after: the history stays as long as it is.</summary>
    private Task<GrowthCost> RetentionAsync() => MeasureAsync(
        "retention deletes 1,000 rows", Deletions, () => lab.Program.Get<RetentionSweep>().RunPortionAsync(Big, null, None), before: lab.AddOutlivedAsync, after: async () =>
            Expect(Convert.ToInt64(await lab.ScalarAsync("""SELECT COUNT(*) FROM "Notifications" WHERE "Id" <= 1000"""), CultureInfo.InvariantCulture), 0));

    private async Task RoundAsync()
    {
        if (await lab.Program.Get<RetentionSweep>().RunPortionAsync(None))
        {
            throw new InvalidOperationException("Retention deleted of the history.");
        }
    }

    private static async Task<GrowthCost> MeasureAsync(string operation, int repetitions, Func<Task> work, Func<Task>? before = null, Func<Task>? after = null)
    {
        var milliseconds = new List<double>();
        for (var i = repetitions == 1 ? 0 : -Warm; i < repetitions; i++)
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            var started = Stopwatch.GetTimestamp();
            await work();
            var took = Stopwatch.GetElapsedTime(started);
            await (after?.Invoke() ?? Task.CompletedTask);
            if (i >= 0)
            {
                milliseconds.Add(took.TotalMilliseconds);
            }
        }

        return new GrowthCost(operation, Figure.Median(milliseconds));
    }

    private static void Expect(long found, long expected)
    {
        if (found != expected)
        {
            throw new InvalidOperationException($"{found} instead of {expected}.");
        }
    }
}
