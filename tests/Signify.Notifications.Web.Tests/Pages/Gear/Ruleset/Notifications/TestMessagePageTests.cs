using System.Net;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>"Send test message to …": one real message over what is in use or over the draft.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class TestMessagePageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Form = "[data-test-message]";

    [Fact]
    public async Task It_goes_over_what_is_in_use_or_over_the_draft_as_chosen()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var page = await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("secret-expired")));
        var stored = await screen.StoredAsync();

        var overActive = await screen.Browser.SubmitAsync(page, Form, ("to", " anna@reader.example "));
        var overDraft = await screen.Browser.SubmitAsync(page, Form, ("to", "bert@reader.example"), ("revision", $"{stored.Draft!.Number}"));

        Assert.Equal(HttpStatusCode.OK, overActive.Status);
        Assert.Contains("The test message to anna@reader.example was accepted", overActive.Find("#test-result").TextContent, StringComparison.Ordinal);
        var arrived = await sandbox.Sandbox.Mail.WaitForAsync(m => m.To.Contains("anna@reader.example"), TestContext.Current.CancellationToken);
        Assert.Equal(MailRoute.Smtp, arrived.Route);
        Assert.Contains(arrived.MessageId.Trim('<', '>'), overActive.Find("#test-result").TextContent, StringComparison.Ordinal);
        Assert.Contains("did not go", overDraft.Find("#test-failed-title").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Sandbox.Mail.Newest(1000), m => m.To.Contains("bert@reader.example"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("<script>alert(1)</script>@x.example")]
    [InlineData("anna@contoso.com, bert@contoso.com")]
    public async Task A_bad_address_is_said_and_nothing_is_sent(string to)
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        var settled = await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var before = sandbox.Sandbox.Mail.Total;

        var page = await screen.Browser.SubmitAsync(settled, Form, ("to", to));

        Assert.Contains("This is not an e-mail address", page.Find("#test-result").TextContent, StringComparison.Ordinal);
        Assert.Equal(to, page.Find("#to").GetAttribute("value"));
        Assert.Empty(page.Document.QuerySelectorAll("#test-result script"));
        Assert.All(page.Document.QuerySelectorAll("#test-result a[href^='#']"), a => Assert.NotNull(page.Document.QuerySelector(a.GetAttribute("href")!)));
        Assert.Equal(before, sandbox.Sandbox.Mail.Total);
    }

    [Fact]
    public async Task A_revision_that_is_gone_is_not_replaced_by_another_one_unasked()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        var settled = await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var before = sandbox.Sandbox.Mail.Total;

        var page = await screen.Browser.SubmitAsync(settled, Form, ("to", "carl@reader.example"), ("revision", "99999"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("revision 99999", page.Find("#test-result").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, sandbox.Sandbox.Mail.Total);
    }
}
