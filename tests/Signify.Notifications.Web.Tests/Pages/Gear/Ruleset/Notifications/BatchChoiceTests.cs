using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

public sealed class BatchChoiceTests
{
    [Fact]
    public void Each_size_says_what_it_means_in_messages_and_time()
    {
        Assert.Equal(
            [("small", 10, "about 20 s"), ("medium", 30, "about a minute"), ("large", 100, "over 3 min")],
            BatchChoice.All.Select(c => (c.Value, c.Messages, c.AtPace)));
        Assert.Equal(17, BatchChoice.MinutesFor(500));
    }
}
