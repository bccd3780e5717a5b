using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Health;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Overview;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

/// <summary>The line under "Overview", and what a screen reader announces, say what is so in each state and nothing else.</summary>
public sealed class SendingLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private static readonly Overview Idle = new(
        Now, default, default, 0, 0, 0, 0, 0, default, null, null, new PaceLimits(3, 30, 10_000), 1, HoldView.None);

    [Fact]
    public void A_full_minute_is_no_used_up_day()
    {
        var line = Line(Idle with { SentLastMinute = 30, RecipientsIn24Hours = 90, NextWindow = Now.AddSeconds(20) });

        Assert.StartsWith("Sending over SMTP as hr@contoso.com.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("10,000", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(10_003)]
    public void A_used_up_day_names_the_limit_and_when_it_continues(int recipients)
    {
        var line = Line(Idle with { RecipientsIn24Hours = recipients, NextWindow = Now.AddHours(4) });

        Assert.StartsWith("The daily limit of 10,000 recipients is reached.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_it_waits_for_setup_whatever_the_numbers_are()
    {
        var line = Line(Idle with { RecipientsIn24Hours = 10_000, NextWindow = Now.AddHours(4) }, active: null);

        Assert.StartsWith("Waiting for setup.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("limit", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Hold.Person, "Held by ada")]
    [InlineData(Hold.Configuration, "the settings are at fault")]
    [InlineData(Hold.Blocked, "blocks this mailbox")]
    [InlineData(Hold.Restored, "a backup")]
    [InlineData(Hold.RepeatedRefusals, "three messages in a row")]
    public void A_hold_comes_before_everything_else(Hold hold, string reason)
    {
        var line = Line(Idle with
        {
            RecipientsIn24Hours = 10_000,
            NextWindow = Now.AddHours(4),
            Hold = HoldView.None with { Hold = hold, HeldAt = Now.AddHours(-1), HeldBy = "ada", WaitUntil = Now.AddMinutes(5) },
        });

        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.DoesNotContain("Sending over", line, StringComparison.Ordinal);
        Assert.DoesNotContain("10,000", line, StringComparison.Ordinal);
    }

    private static string Line(Overview now) => Line(now, ActiveSettings.Create());

    private static string Line(Overview now, SettingsRevision? active) =>
        SendingLine.Of(new SendingFacts(now, active, new HealthView(false, null, null, null, null, null, null, null, []))).ToString();
}
