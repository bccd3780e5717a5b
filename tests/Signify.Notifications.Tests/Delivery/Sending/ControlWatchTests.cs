using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ControlWatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pause_that_is_seen_between_a_claim_and_its_taking_note_stops_that_batch()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await PumpLab.StartAsync(
            batchSize: BatchSize.Small, time: time, configuration: new Dictionary<string, string?> { ["Pace:Relay:Connections"] = "1" });
        await lab.HandInAsync(10);
        var paused = await lab.HandInAsync(10, Priority.Low);
        using var gate = new ManualResetEventSlim();
        lab.Server.Before = _ =>
        {
            gate.Wait(Ct);
            time.Advance(TimeSpan.FromMilliseconds(150));
            return Task.CompletedTask;
        };
        var claims = 0;
        using var listener = ClaimListener.Start(lab, () =>
        {
            if (++claims == 2)
            {
                lab.Library.Get<MailingControl>().PauseAsync(TestLibrary.Ruleset, paused, "ada", Ct).GetAwaiter().GetResult();
                gate.Set();
                // The second message begins after a query that saw the pause.
                Assert.True(SpinWait.SpinUntil(() => lab.Server.Arrived.Count >= 2, TimeSpan.FromMinutes(1)));
            }
        });

        await lab.DrainAsync();

        Assert.InRange(claims, 2, 10);
        Assert.Equal(10, lab.Server.Arrived.Count);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal(n.MailingId == paused ? 0 : 1, n.Attempts));
    }
}
