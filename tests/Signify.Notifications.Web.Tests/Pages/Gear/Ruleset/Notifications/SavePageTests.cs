using System.Net;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>Save: draft, check, active; and what becomes of it when the check fails.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SavePageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    [Theory]
    [InlineData("all-granted", "over SMTP", "passed")]
    [InlineData("graph-only", "over Microsoft Graph", "passed")]
    public async Task A_granted_state_ends_in_use_and_the_page_says_so(string id, string road, string state)
    {
        var scenario = sandbox.Scenario(id);
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario));

        var active = (await screen.StoredAsync()).Active!;
        var status = page.Find("#status-line").TextContent;
        Assert.StartsWith($"Sending with revision {active.Number}, validated", status, StringComparison.Ordinal);
        Assert.Contains(road, status, StringComparison.Ordinal);
        Assert.Equal(state, page.Find("#check").GetAttribute("data-state"));
        Assert.Equal(11, page.Document.QuerySelectorAll("#check .step").Length);
        Assert.Equal(scenario.ClientId, page.Find("#clientId").GetAttribute("value"));
        Assert.Contains($"fingerprint {active.ClientSecret!.Fingerprint}", page.Find("#clientSecret-help").TextContent, StringComparison.Ordinal);
        Assert.Null(page.Find("#clientSecret").GetAttribute("value"));
        SecretSpellings.AssertNowhere(scenario.ClientSecret, page);
    }

    [Fact]
    public async Task A_failing_check_leaves_the_active_revision_in_charge_and_keeps_the_draft_with_its_finding_at_the_field()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var before = (await screen.StoredAsync()).Active!;
        var wrong = sandbox.Scenario("secret-wrong");

        var page = await screen.SaveToTheEndAsync(SettingsScreen.Values(wrong));

        var now = await screen.StoredAsync();
        Assert.Equal(before.Number, now.Active!.Number);
        Assert.Equal(wrong.ClientSecret, screen.StoredSecret(now.Draft!));
        Assert.Contains($"Sending with revision {before.Number}", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("Your draft below is not in use yet", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        Assert.Equal("failed", page.Find("#first-failed").GetAttribute("data-state"));
        Assert.Equal("true", page.Find("#clientSecret").GetAttribute("aria-invalid"));
        Assert.Equal("#step-token-for-exchange", page.Find("#clientSecret-messages a").GetAttribute("href"));
        SecretSpellings.AssertNowhere(wrong.ClientSecret, page);
    }

    [Fact]
    public async Task What_pasting_left_is_cleaned_and_it_is_said_where()
    {
        var scenario = sandbox.Scenario("all-granted");
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario,
            ("tenantId", $"\u201C{scenario.TenantId}\u200B\u201D "), ("clientSecret", $" {scenario.ClientSecret}\u00AD\r\n"), ("fromName", "HR\r\nBcc: everyone@contoso.com")));

        Assert.Contains("were removed from From Name, Client Secret and Tenant ID.", page.Find("#notices").TextContent, StringComparison.Ordinal);
        var active = (await screen.StoredAsync()).Active!;
        Assert.Equal((scenario.TenantId, scenario.ClientSecret, "HRBcc: everyone@contoso.com"), (active.TenantId, screen.StoredSecret(active), active.FromName));
        Assert.DoesNotContain("were removed", (await screen.ReadAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_secret_keeps_the_stored_one_with_its_fingerprint()
    {
        var scenario = sandbox.Scenario("all-granted");
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario));
        var before = (await screen.StoredAsync()).Active!;

        await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario, ("clientSecret", ""), ("timeoutSeconds", "40")));

        var active = (await screen.StoredAsync()).Active!;
        Assert.Equal((before.Number + 1, TimeSpan.FromSeconds(40)), (active.Number, active.Timeout));
        Assert.Equal((scenario.ClientSecret, before.ClientSecret!.Fingerprint), (screen.StoredSecret(active), active.ClientSecret!.Fingerprint));
    }

    [Theory]
    [InlineData("tenantId", "99999999-6a5d-4f0c-9e21-7d1c0a4be0ff", "Tenant ID changed")]
    [InlineData("clientId", "5a1ec0de-4d3b-4b7a-9c15-6f2e803d0aff", "Client ID changed")]
    [InlineData("cloud", "Worldwide", "Cloud changed")]
    public async Task The_stored_secret_is_asked_for_again_when_it_would_go_elsewhere(string field, string value, string said)
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var before = (await screen.StoredAsync()).NewestNumber;

        var page = await screen.SaveAsync(SettingsScreen.Values(sandbox.Scenario("all-granted"), ("clientSecret", ""), (field, value)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(said, page.Find("#clientSecret-messages").TextContent, StringComparison.Ordinal);
        Assert.Null(page.Find("#clientSecret").GetAttribute("placeholder"));
        Assert.Equal(before, (await screen.StoredAsync()).NewestNumber);
    }

    [Fact]
    public async Task Check_again_puts_a_draft_in_use_once_its_cause_is_gone_and_runs_on_what_is_in_use()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        sandbox.Sandbox.Faults.Token(HttpFault.Answer(503));
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var draft = (await screen.StoredAsync()).Draft!;
        sandbox.Sandbox.Faults.Clear();

        await screen.Browser.SubmitAsync(await screen.ReadAsync(), "[data-check-again]");
        await screen.SettledAsync();
        var active = (await screen.StoredAsync()).Active!;
        sandbox.Sandbox.Faults.Token(HttpFault.Answer(503));
        await screen.Browser.SubmitAsync(await screen.ReadAsync(), "[data-check-again]");
        var page = await screen.SettledAsync();
        sandbox.Sandbox.Faults.Clear();

        Assert.Equal((draft.Number, RevisionState.Active), (active.Number, active.State));
        Assert.Equal(active.Number, (await screen.StoredAsync()).Active!.Number);
        Assert.Contains("but its check", page.Find("#status-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_fills_the_form_with_ready_made_values_and_stores_nothing()
    {
        var scenario = sandbox.Scenario("graph-only");
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        var before = (await screen.StoredAsync()).NewestNumber;

        var page = await screen.Browser.GetAsync($"{SettingsScreen.Address}?use=graph-only");
        var unknown = await screen.Browser.GetAsync($"{SettingsScreen.Address}?use=no-such-state");

        Assert.Equal((scenario.ClientId, scenario.ClientSecret), (page.Find("#clientId").GetAttribute("value"), page.Find("#clientSecret").GetAttribute("value")));
        Assert.Contains("values of the sandbox", page.Find("#notices").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, unknown.Status);
        Assert.Null(unknown.Find("#clientSecret").GetAttribute("value"));
        Assert.Equal(before, (await screen.StoredAsync()).NewestNumber);
    }
}
