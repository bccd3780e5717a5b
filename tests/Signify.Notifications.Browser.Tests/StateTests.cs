using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>Every ready-made state, saved on the page, shows its finding at its step and on its field.</summary>
public sealed class StateTests(SharedProgram shared) : IClassFixture<SharedProgram>
{
    [Theory]
    [InlineData("secret-expired", "token-for-exchange", "Client Secret", "This client secret has expired.")]
    [InlineData("secret-wrong", "token-for-exchange", "Client Secret", "Entra does not accept this client secret.")]
    [InlineData("unknown-app", "token-for-exchange", "Client ID", "The tenant does not know an app with this client ID.")]
    [InlineData("unknown-tenant", "tenant", "Tenant ID", "There is no such tenant")]
    [InlineData("no-consent", "sign-in", "Client ID", "The app has no permission to send mail")]
    [InlineData("service-principal-missing", "sign-in", "From Email", "Exchange does not know the app yet.")]
    [InlineData("smtp-auth-off-tenant", "sign-in", "From Email", "switched off for the whole tenant")]
    [InlineData("smtp-auth-off-mailbox", "sign-in", "From Email", "switched off for this mailbox")]
    [InlineData("mailbox-without-licence", "sender", "From Email", "it has no valid licence")]
    [InlineData("port-587-blocked", "connection", "Port", "refuses the connection")]
    [InlineData("certificate-untrusted", "encryption", "Cloud", "an issuer that this machine does not trust")]
    public async Task A_state_shows_its_finding_on_its_field(string scenario, string step, string field, string message)
    {
        await using var ada = await shared.SignedInAsync();

        await ada.SaveStateAsync(scenario);

        await Expect(ada.Page.Locator("#check")).ToHaveAttributeAsync("data-state", "failed");
        await Expect(ada.Page.Locator($"[data-step={step}]")).ToHaveAttributeAsync("data-state", "failed");
        await Expect(ada.Page.Locator($"[data-step={step}] .findings")).ToContainTextAsync(message);
        await Expect(ada.Page.GetByLabel(field, new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await ada.Page.TakeAsync($"state-{scenario}", forReadme: scenario == "service-principal-missing");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task Graph_alone_turns_green_and_says_why()
    {
        await using var ada = await shared.SignedInAsync();

        await ada.SaveStateAsync("graph-only");

        await Expect(ada.Page.Locator("#check")).ToContainTextAsync("Mail leaves over Microsoft Graph");
        await Expect(ada.Page.Locator("#status-line")).ToContainTextAsync("Graph");
        await ada.Page.TakeAsync("state-graph-only");
    }
}
