using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Forms;

public sealed class SettingsViewTests
{
    private const string Secret = "kx8~the-secret";

    [Theory]
    [InlineData(SettingsField.ClientSecret)]
    [InlineData(SettingsField.Password)]
    public void No_input_ever_holds_a_secret(string field) => Assert.Null(View().ValueOf(field));

    [Fact]
    public void Only_the_sandboxes_pretended_secret_may_stand_in_an_input()
    {
        var page = Page().Prefilled(new SettingsInput { ClientSecret = Secret, ServerName = "Sandbox" });

        Assert.Equal(Secret, page.View.ValueOf(SettingsField.ClientSecret));
        Assert.Equal("Sandbox", page.View.ValueOf(SettingsField.ServerName));
    }

    [Fact]
    public void A_refused_Save_marks_the_fields_keeps_the_values_and_asks_for_the_secret_again()
    {
        var typed = View().Form;
        var refused = new FieldReport(typed.ToInput() with { ClientId = "cleaned" }, [SettingsField.ClientId],
            [new Finding(FindingCode.PortInvalid, "The port is a number", "Type 587.") { Field = SettingsField.Port }], null);

        var page = Page().Refused(typed, 4, refused);

        Assert.Equal(4, page.View.BasedOn);
        Assert.True(page.View.HasError(SettingsField.Port));
        Assert.Equal(["The port is a number."], page.Problems.Select(p => p.Brief));
        Assert.Equal("cleaned", page.View.ValueOf(SettingsField.ClientId));
        Assert.Equal(["Client ID"], page.Cleaned);
        Assert.Contains(page.View.MessagesOn(SettingsField.ClientSecret), m => m.Text.EndsWith("Enter the client secret again.", StringComparison.Ordinal));
        Assert.Null(page.View.ValueOf(SettingsField.ClientSecret));
    }

    private static SettingsView View() => new()
    {
        Form = NotificationsForm.From(new SettingsInput { ClientSecret = Secret, Password = Secret, ServerName = "HR" }),
        BasedOn = 0,
        Stored = null,
        MayEdit = true,
        Messages = [],
        Clouds = [],
        SharedRelay = new SharedRelayOptions(),
    };

    private static SettingsPage Page()
    {
        var overview = new SettingsOverview(null, null, 0);
        return new SettingsPage
        {
            Overview = overview,
            Status = StatusLine.Of(new StatusFacts { Overview = overview }),
            View = View(),
            Check = CheckCard.Of(null, null, running: false),
        };
    }
}
