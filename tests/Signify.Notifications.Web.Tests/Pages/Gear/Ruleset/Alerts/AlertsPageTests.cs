using System.Net;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Alerts;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Alerts;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class AlertsPageTests
{
    private const string Address = "/gear/ruleset/alerts";

    [Fact]
    public async Task Who_is_told_is_saved_and_shown_without_the_secret()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var saved = await ada.SubmitAsync(await ada.GetAsync(Address), "#save-alerts",
            ("Form.ExtraAddresses", " ops@contoso.example; \n Night Shift <night@contoso.example>"), ("Form.WebhookUrl", "https://alerts.contoso.example/hook"), ("Form.WebhookSecret", AlertProgram.Secret));

        Assert.Equal("ops@contoso.example\nnight@contoso.example", saved.Find("#ExtraAddresses").TextContent);
        Assert.Equal("https://alerts.contoso.example/hook", saved.Find("#WebhookUrl").GetAttribute("value"));
        Assert.Null(saved.Find("#WebhookSecret").GetAttribute("value"));
        Assert.Contains($"by {TestProgram.AdminEmail}, fingerprint", saved.Find("#WebhookSecret-help").TextContent, StringComparison.Ordinal);
        var entry = (await program.ReadAuditAsync())[0];
        Assert.Equal(AuditAction.AlertsChanged, entry.Action);
        Assert.DoesNotContain("/hook", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_secret_keeps_the_stored_one_and_only_the_box_takes_it_away()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var saved = await ada.SubmitAsync(await ada.GetAsync(Address), "#save-alerts", ("Form.WebhookUrl", "https://alerts.contoso.example/"), ("Form.WebhookSecret", AlertProgram.Secret));

        var kept = await ada.SubmitAsync(saved, "#save-alerts");
        var forgotten = await ada.SubmitAsync(kept, "#save-alerts", ("Form.ForgetSecret", "true"));

        Assert.Contains("fingerprint", kept.Find("#WebhookSecret-help").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("fingerprint", forgotten.Find("#WebhookSecret-help").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.ExtraAddresses", "ops@contoso.example\nnobody", "ExtraAddresses", "Address 2")]
    [InlineData("Form.WebhookUrl", "http://alerts.contoso.example/", "WebhookUrl", "https")]
    [InlineData("Form.WebhookUrl", "https://169.254.169.254/", "WebhookUrl", "not called")]
    [InlineData("Form.WebhookUrl", "https://192.168.1.1/", "WebhookUrl", "Alerts:AllowPrivateNetworks")]
    [InlineData("Form.WebhookSecret", "short", "WebhookSecret", "16 to 256")]
    public async Task What_cannot_be_stored_is_said_at_its_field(string field, string typed, string id, string words)
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var refused = await ada.SubmitAsync(await ada.GetAsync(Address), "#save-alerts", (field, typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("true", refused.Find($"#{id}").GetAttribute("aria-invalid"));
        Assert.Contains(words, refused.Find($"#{id}-error").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(await program.ReadAuditAsync(), e => e.Action == AuditAction.AlertsChanged);
    }

    [Fact]
    public async Task A_test_alert_is_told_by_a_program_that_sends_and_the_page_says_so()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var program = await TestProgram.StartAsync(("Dispatch:Enabled", "true"), ("Alerts:AllowPrivateNetworks", "true"), ("RateLimits:SignInsPerMinute", "1000"));
        var ada = await program.SignedInAsync();
        var saved = await ada.SubmitAsync(await ada.GetAsync(Address), "#save-alerts", ("Form.WebhookUrl", receiver.Address.ToString()));

        await ada.SubmitAsync(saved, "#test-alert");
        await receiver.CalledAsync();

        Assert.Contains("\"kind\":\"test\"", Assert.Single(receiver.Calls).Body, StringComparison.Ordinal);
        BrowserPage page;
        do
        {
            page = await ada.GetAsync(Address);
        }
        while (!page.Text.Contains("It answered 204.", StringComparison.Ordinal));

        // Nothing sends yet: the e-mail waits and says for what.
        Assert.Contains("settings that pass their check", page.Find("#alerts").TextContent, StringComparison.Ordinal);
        Assert.Contains(await program.ReadAuditAsync(), e => e is { Action: AuditAction.AlertTested, By: TestProgram.AdminEmail });
    }

    [Fact]
    public async Task A_viewer_sees_who_is_told_and_no_path_and_no_button()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        await ada.SubmitAsync(await ada.GetAsync(Address), "#save-alerts", ("Form.WebhookUrl", "https://alerts.contoso.example/hook-with-token"));

        var page = await (await program.SignedInViewerAsync()).GetAsync(Address);

        Assert.Equal("https://alerts.contoso.example/…", page.Find("#WebhookUrl").GetAttribute("value"));
        Assert.Empty(page.Document.QuerySelectorAll("main button"));
    }
}
