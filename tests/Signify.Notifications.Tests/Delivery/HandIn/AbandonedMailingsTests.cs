using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Tests.Delivery.HandIn.HandInLab;

namespace Signify.Notifications.Tests.Delivery.HandIn;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class AbandonedMailingsTests : IAsyncLifetime
{
    private HandInLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>How long it lies where other processes may be receiving.</summary>
    private static TimeSpan Others => TestDatabase.OnPostgreSql ? TimeSpan.FromHours(25) : TimeSpan.Zero;

    private AbandonedMailings Abandoned => _lab.Rows.Get<AbandonedMailings>();

    public async ValueTask InitializeAsync() => _lab = await HandInLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task What_a_process_that_died_was_receiving_is_deleted_in_portions_and_nothing_else()
    {
        var left = await _lab.Rows.AddManyAsync(9000);
        await _lab.Rows.SetAsync<Mailing>(m => m.Id == left.Id, m => m.State = MailingState.Receiving);
        var whole = await _lab.Rows.AddAsync(MailingState.Active, [NotificationState.Queued]);
        List<long> rows = [];
        _lab.Rows.Time.Advance(Others);

        while (await Abandoned.DeletePortionAsync(Ct))
        {
            rows.Add(await _lab.SqlAsync($"SELECT COUNT(*) FROM \"Notifications\" WHERE \"MailingId\" = {left.Id}"));
        }

        Assert.Equal([5000, 1000, 0], rows.Take(3));
        Assert.Equal([whole.Id], (await _lab.MailingsAsync()).Select(m => m.Id));
        Assert.Equal(0, await _lab.SqlAsync($"SELECT COUNT(*) FROM \"MailingContents\" WHERE \"MailingId\" = {left.Id}"));
    }

    [Fact]
    public async Task What_is_being_received_is_left_alone()
    {
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<NewRecipient> Stream()
        {
            foreach (var person in People(5000))
            {
                if (person.Line == 4500)
                {
                    reading.SetResult();
                    await go.Task;
                }

                yield return person;
            }
        }

        var handingIn = _lab.Queue.HandInAsync(Caller(), Head(), Stream(), Ct);
        await reading.Task;
        _lab.Rows.Time.Advance(TimeSpan.FromDays(3));
        var swept = await Abandoned.DeletePortionAsync(Ct);
        go.SetResult();

        Assert.False(swept);
        Assert.Equal(5000, Assert.IsType<HandInOutcome.MailingQueued>(await handingIn).Accepted);
    }

    [Fact]
    public async Task The_sweep_comes_at_the_start_and_when_a_stream_broke()
    {
        var left = await _lab.Rows.AddAsync(MailingState.Receiving, [NotificationState.Queued]);
        var sweep = _lab.Rows.Get<IEnumerable<IHostedService>>().OfType<HandInSweep>().Single();

        _lab.Rows.Time.Advance(Others);
        await sweep.StartAsync(Ct);
        await GoneAsync();
        async IAsyncEnumerable<NewRecipient> Breaks()
        {
            foreach (var person in People(2500))
            {
                yield return person;
            }

            await Task.CompletedTask;
            throw new IOException("The client left.");
        }

        await Assert.ThrowsAsync<IOException>(() => _lab.Queue.HandInAsync(Caller(), Head(), Breaks(), Ct));
        await GoneAsync();
        await sweep.StopAsync(Ct);

        // Each portion rests on the clock, which stands still unless somebody moves it.
        async Task GoneAsync()
        {
            while (await _lab.SqlAsync("SELECT COUNT(*) FROM \"Mailings\"") > 0)
            {
                var next = _lab.Rows.Get<DeliverySignals>().NextAsync(1);
                _lab.Rows.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(next, Task.Run(Thread.Yield, Ct));
            }
        }
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task In_a_database_that_others_share_a_day_goes_by_first()
    {
        await using var shared = await HandInLab.StartAsync(("ConnectionStrings:Notifications", $"Data Source={Path.Combine(Path.GetTempPath(), $"shared-{Guid.NewGuid():N}.db")}"));
        var left = await shared.Rows.AddAsync(MailingState.Receiving, [NotificationState.Queued]);
        var abandoned = shared.Rows.Get<AbandonedMailings>();

        var early = await abandoned.DeletePortionAsync(Ct);
        shared.Rows.Time.Advance(TimeSpan.FromHours(25));
        while (await abandoned.DeletePortionAsync(Ct))
        {
        }

        Assert.False(early);
        Assert.Null(await shared.Rows.MailingAsync(left.Id));
    }
}
