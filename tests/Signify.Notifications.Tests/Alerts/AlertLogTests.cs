using Signify.Notifications.Alerts;
using Signify.Notifications.Tests.Delivery;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Alerts;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class AlertLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Alert Standby(string text = "The standby serves now.") => new(TestLibrary.Ruleset, AlertKind.StandbyTookOver, "ab12cd", "The standby secret took over", text);

    [Fact]
    public async Task The_same_alert_is_raised_once_until_it_has_ended()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var log = lab.Get<AlertLog>();

        var first = await log.RaiseAsync(Standby(), Ct);
        var again = await log.RaiseAsync(Standby(), Ct);
        var other = await log.RaiseAsync(Standby() with { About = "ef34ab" }, Ct);
        await log.EndAsync(TestLibrary.Ruleset, AlertKind.StandbyTookOver, "ab12cd", Ct);
        var anew = await log.RaiseAsync(Standby(), Ct);

        Assert.Equal((true, false, true, true), (first, again, other, anew));
    }

    [Fact]
    public async Task Another_rulesets_alert_is_another()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var (ruleset, _) = await lab.AddRulesetAsync("Payroll");
        await lab.Get<AlertLog>().RaiseAsync(Standby(), Ct);

        Assert.True(await lab.Get<AlertLog>().RaiseAsync(Standby() with { RulesetId = ruleset }, Ct));
        Assert.Single(await lab.Get<AlertLog>().RecentAsync(ruleset, 10, Ct));
    }

    [Theory]
    [InlineData("Mail as hr@contoso.com was refused.", "Mail as (address) was refused.")]
    [InlineData("From \"HR\" <hr@contoso.com>: no.", "From \"HR\" <(address)>: no.")]
    [InlineData("Ask ann.o'hara+x@sub.contoso.example, please", "please")]
    public async Task Addresses_are_taken_out_of_what_leaves_the_program(string text, string left)
    {
        await using var lab = await DeliveryLab.StartAsync();

        await lab.Get<AlertLog>().RaiseAsync(Standby(text) with { Subject = text + "\r\nBcc: eve@evil.example" }, Ct);

        var alert = (await lab.Get<AlertLog>().RecentAsync(TestLibrary.Ruleset, 1, Ct))[0];
        Assert.Contains(left, alert.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", alert.Text + alert.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', alert.Subject);
    }

    [Fact]
    public async Task News_is_told_each_time_and_stands_at_no_time()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var news = new Alert(TestLibrary.Ruleset, AlertKind.Test, "x", "A test", "A test.");

        Assert.True(await lab.Get<AlertLog>().RaiseAsync(news, Ct));
        Assert.True(await lab.Get<AlertLog>().RaiseAsync(news, Ct));
        Assert.Empty(await lab.Get<AlertLog>().OpenAsync(TestLibrary.Ruleset, Ct));
    }

    [Fact]
    public async Task What_ended_half_a_year_ago_is_forgotten()
    {
        await using var lab = await DeliveryLab.StartAsync();
        await lab.Get<AlertLog>().RaiseAsync(Standby(), Ct);
        await lab.Get<AlertLog>().EndAsync(TestLibrary.Ruleset, AlertKind.StandbyTookOver, null, Ct);

        lab.Time.Advance(TimeSpan.FromDays(181));
        await lab.Get<AlertLog>().RaiseAsync(Standby(), Ct);

        Assert.Single(await lab.Get<AlertLog>().RecentAsync(TestLibrary.Ruleset, 10, Ct));
    }
}
