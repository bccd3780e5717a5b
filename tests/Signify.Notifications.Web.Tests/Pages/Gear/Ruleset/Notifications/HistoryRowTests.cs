using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class HistoryRowTests
{
    [Fact]
    public void Each_row_says_what_changed_against_the_one_before_it()
    {
        var (third, second, first) = (Samples.Revision(3, from: "new@contoso.com"), Samples.Revision(2, RevisionState.Retired), Samples.Revision(1, RevisionState.Retired));

        var rows = HistoryRow.Of([third, second, first], new Dictionary<Guid, bool> { [third.Id] = true }, most: 2);

        Assert.Equal([3, 2], rows.Select(r => r.Revision.Number));
        Assert.Equal([new SettingsChange(SettingsField.FromEmail, "hr@contoso.com", "new@contoso.com")], rows[0].Changes);
        Assert.Empty(rows[1].Changes);
        Assert.Equal([true, null], rows.Select(r => r.Passed));
    }

    [Fact]
    public void The_newest_revision_cannot_be_rolled_back_to()
    {
        var rows = HistoryRow.Of([Samples.Revision(2, RevisionState.Draft), Samples.Revision(1)], new Dictionary<Guid, bool>(), most: 25);

        Assert.Equal([false, true], rows.Select(r => r.MayRollBack));
    }
}
