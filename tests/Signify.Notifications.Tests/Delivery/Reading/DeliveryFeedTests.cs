using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Reading;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class DeliveryFeedTests : IAsyncLifetime
{
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DeliveryFeed Feed => _lab.Get<DeliveryFeed>();

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Many_listeners_share_one_look_that_ends_with_the_last_of_them()
    {
        await _lab.AddAsync(MailingState.Active, [NotificationState.Queued]);
        var first = Feed.FollowAsync(TestLibrary.Ruleset, Ct).GetAsyncEnumerator(Ct);
        Assert.True(await first.MoveNextAsync());
        var overview = Assert.IsType<DeliveryEvent.OverviewChanged>(first.Current);

        // The time stands still: nobody looks again, and the second is told what the first was.
        var second = Feed.FollowAsync(TestLibrary.Ruleset, Ct).GetAsyncEnumerator(Ct);
        Assert.True(await second.MoveNextAsync());
        Assert.Same(overview, second.Current);
        Assert.Equal(1, Feed.Followed);

        await first.DisposeAsync();
        Assert.Equal(1, Feed.Followed);
        await second.DisposeAsync();
        Assert.Equal(0, Feed.Followed);
    }

    [Fact]
    public async Task One_who_comes_after_the_others_went_is_told_how_things_stand_then()
    {
        await foreach (var told in Feed.FollowAsync(TestLibrary.Ruleset, Ct))
        {
            Assert.IsType<DeliveryEvent.OverviewChanged>(told);
            break;
        }

        await _lab.Get<SendingHold>().HoldAsync(TestLibrary.Ruleset, "anna", Ct);

        await foreach (var told in Feed.FollowAsync(TestLibrary.Ruleset, Ct))
        {
            Assert.Equal(Hold.Person, Assert.IsType<DeliveryEvent.OverviewChanged>(told).Overview.Hold.Hold);
            break;
        }
    }
}
