using System.Net;
using AngleSharp.Dom;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>What the offline rules refuse, as the page shows it.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RefusedPageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Secret = "kX98Q~<the typed \"secret\">&0aB+/=";

    [Theory]
    [InlineData("serverName", "")]
    [InlineData("port", "0")]
    [InlineData("port", "smtp")]
    [InlineData("timeoutSeconds", "601")]
    [InlineData("batchSize", "small, medium")]
    [InlineData("fromEmail", "HR <hr@contoso.com>")]
    [InlineData("fromEmail", "")]
    [InlineData("fromEmail", "m\u00FCller")]
    [InlineData("clientId", "contoso.onmicrosoft.com")]
    [InlineData("clientId", "")]
    [InlineData("tenantId", "common")]
    [InlineData("tenantId", "5a1ec0de-4d3b-4b7a-9c15-6f2e803d0a11")]
    [InlineData("clientSecret", "5a1ec0de-4d3b-4b7a-9c15-6f2e803d0aff")]
    [InlineData("clientSecret", "********")]
    [InlineData("secretExpiresOn", "12.11.2028")]
    [InlineData("cloud", "Cumulus")]
    [InlineData("route", "pigeon")]
    public async Task An_offline_rule_refuses_at_its_field_keeps_what_was_typed_and_forgets_the_secret(string field, string value)
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        var typed = SettingsScreen.Values(sandbox.Scenario("all-granted"), [("fromName", "<b>HR</b>"), .. field == "clientSecret" ? Array.Empty<(string, string)>() : [("clientSecret", Secret)], (field, value)]);

        var page = await screen.SaveAsync(typed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var links = page.Document.QuerySelectorAll("#problems a").Select(a => a.GetAttribute("href")).Distinct();
        Assert.Equal([$"#{field}"], links);
        Assert.StartsWith("Nothing was saved. 1 field needs", page.Find("#problems-title").TextContent.Trim(), StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll($"#{field}-messages .field-error"));
        AssertMarked(page, field);
        AssertKept(page, typed);
        SecretSpellings.AssertNowhere(field == "clientSecret" && !value.StartsWith('*') ? value : Secret, page);
        SecretSpellings.AssertNowhere(Secret, sandbox.Program.ReadDatabaseFiles());
        Assert.Equal(0, (await screen.StoredAsync()).NewestNumber);
    }

    [Fact]
    public async Task Without_a_shared_relay_the_switch_is_marked()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveAsync(("useOwnSmtpDetails", "false"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        AssertMarked(page, "useOwnSmtpDetails");
        Assert.False(page.Find("#useOwnSmtpDetails").HasAttribute("checked"));
    }

    [Fact]
    public async Task A_form_with_nothing_in_it_names_every_field_it_needs()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveAsync(("serverName", ""), ("fromEmail", ""), ("clientId", ""), ("clientSecret", ""), ("tenantId", ""), ("port", ""), ("timeoutSeconds", ""));

        Assert.Equal(["#serverName", "#fromEmail", "#clientId", "#tenantId", "#clientSecret"], page.Document.QuerySelectorAll("#problems a").Select(a => a.GetAttribute("href")));
        Assert.All(page.Document.QuerySelectorAll("#problems a"), a => Assert.NotNull(page.Document.QuerySelector(a.GetAttribute("href")!)));
    }

    [Fact]
    public async Task Switches_and_numbers_that_no_browser_sends_are_refused_or_taken_for_off()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveAsync(SettingsScreen.Values(sandbox.Scenario("all-granted"), ("useOwnSmtpDetails", "banana"), ("basedOn", "banana")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(0, (await screen.StoredAsync()).NewestNumber);
    }

    [Fact]
    public async Task A_form_that_was_opened_before_the_database_was_set_up_anew_is_not_stored_unseen()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveAsync(SettingsScreen.Values(sandbox.Scenario("all-granted"), ("basedOn", "7")));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("are gone", page.Find("#overtaken-title").TextContent, StringComparison.Ordinal);
        Assert.Equal("0", page.Find("input[name=basedOn]").GetAttribute("value"));
    }

    private static void AssertMarked(BrowserPage page, string field)
    {
        var element = page.Find($"#{field}");
        if (field == "batchSize")
        {
            element = element.Closest("fieldset")!;      // a group of radio buttons has no state of its own
        }
        else
        {
            Assert.Equal("true", element.GetAttribute("aria-invalid"));
        }

        var told = element.GetAttribute("aria-describedby")!.Split(' ');
        Assert.Contains($"{field}-messages", told);
        Assert.All(told, id => Assert.NotNull(page.Document.GetElementById(id)));
    }

    private static void AssertKept(BrowserPage page, (string Name, string Value)[] typed)
    {
        foreach (var (name, value) in typed.Where(t => page.Document.GetElementById(t.Name) is { LocalName: "input" } input && input.GetAttribute("type") is not ("checkbox" or "password")))
        {
            Assert.Equal(value, page.Find($"#{name}").GetAttribute("value") ?? "");
        }

        Assert.Null(page.Find("#clientSecret").GetAttribute("value"));
    }
}
