using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Alerts;
using Signify.Notifications.Findings;
using Signify.Notifications.Health;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Health;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CredentialNoticeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, null)]
    [InlineData(61, null)]
    [InlineData(60, 60)]
    [InlineData(31, 60)]
    [InlineData(30, 30)]
    [InlineData(15, 30)]
    [InlineData(14, 14)]
    [InlineData(8, 14)]
    [InlineData(7, 7)]
    [InlineData(2, 7)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    [InlineData(-90, 0)]
    public void The_notice_that_is_due_is_the_most_recent_one(int daysLeft, int? due) => Assert.Equal(due, CredentialNotice.Due(daysLeft));

    [Fact]
    public async Task Over_sixty_one_days_each_notice_is_raised_once_on_its_day()
    {
        await using var lab = await HealthLab.StartAsync(endsIn: 61);
        var raised = new List<(int DaysLeft, string Alert)>();

        for (var left = 61; left >= -3; left--)
        {
            for (var look = 0; look < 4; look++)
            {
                var before = (await lab.RaisedAsync()).Count();
                await lab.Get<HealthWatch>().LookAsync(Ct);
                raised.AddRange((await lab.RaisedAsync()).Skip(before).Select(a => (left, a)));
            }

            lab.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(
            [
                (60, "credential-expires 60 days"), (30, "credential-expires 30 days"), (14, "credential-expires 14 days"),
                (7, "credential-expires 7 days"), (1, "credential-expires 1 day"), (0, "credential-expired expired"),
            ],
            raised);
        // Each one takes the place of the one before.
        Assert.Equal(["expired"], (await lab.Get<AlertLog>().OpenAsync(TestLibrary.Ruleset, Ct)).Select(a => a.About));
    }

    [Fact]
    public async Task A_program_that_was_down_tells_the_most_recent_notice_only_and_not_again_after_a_restart()
    {
        await using var lab = await HealthLab.StartAsync(endsIn: 61);

        lab.Time.Advance(TimeSpan.FromDays(50));
        await lab.Get<HealthWatch>().LookAsync(Ct);
        // A watch of another process knows only the rows.
        await new HealthWatch(lab.Get<IDbContextFactory<NotificationsDbContext>>(), lab.Get<WriteTurn>(), lab.Get<AlertLog>(), lab.Time).LookAsync(Ct);

        Assert.Equal(["credential-expires 14 days"], await lab.RaisedAsync());
        Assert.Contains("ends in 11 days", (await lab.AlertsAsync())[0].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_secret_ends_the_notice_and_has_notices_of_its_own()
    {
        await using var lab = await HealthLab.StartAsync(endsIn: 5);

        await lab.Lab.CheckAsync(lab.Input(endsIn: 700));
        await lab.Get<HealthWatch>().LookAsync(Ct);

        Assert.Empty(await lab.Get<AlertLog>().OpenAsync(TestLibrary.Ruleset, Ct));
        lab.Time.Advance(TimeSpan.FromDays(641));
        await lab.Get<HealthWatch>().LookAsync(Ct);
        Assert.Equal(["credential-expires 60 days"], (await lab.Get<AlertLog>().OpenAsync(TestLibrary.Ruleset, Ct)).Select(a => $"{a.Kind.ToCode()} {a.About}"));
    }

    [Fact]
    public async Task Saving_something_else_does_not_tell_the_same_notice_again()
    {
        await using var lab = await HealthLab.StartAsync(endsIn: 5);

        await lab.Lab.CheckAsync(lab.Input(endsIn: 5) with { FromName = "People" });
        await lab.Get<HealthWatch>().LookAsync(Ct);

        Assert.Equal(["credential-expires 7 days"], await lab.RaisedAsync());
    }
}
