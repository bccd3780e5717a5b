using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>A second ruleset with the same mailbox: warned at Save, without the name of the first, and sent for all the same.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SharedMailboxTests : IAsyncLifetime
{
    private const string Name = "Payroll of Fabrikam";

    private TestProgram _program = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SandboxHost Sandbox => _program.Services.GetRequiredService<SandboxHost>();

    public async ValueTask InitializeAsync() =>
        _program = await TestProgram.StartAsync([.. SandboxProgram.SandboxSettings(), ("Dispatch:Enabled", "true")]);

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task Save_warns_by_page_and_by_API_and_messages_of_both_are_sent()
    {
        var scenario = Sandbox.Scenarios.Single(s => s.Id == "all-granted");
        var body = SandboxProgram.Body(scenario);
        var other = await _program.AddRulesetAsync(Name);
        var made = await _program.Services.GetRequiredService<ApiKeys>().MakeAsync(other, "payroll", ApiKeyScopes.All, null, "a test", Stop);
        var key = Assert.IsType<ApiKeyMade.Made>(made).Key;
        var first = await _program.SaveAsync(body, key: key);
        Assert.Empty(Warnings(first));

        body["fromEmail"] = $"  {((string)body["fromEmail"]!).ToUpperInvariant()} ";
        var second = await _program.SaveAsync(body);
        var screen = await SettingsScreen.OpenAsync(_program);
        var page = await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario));

        var warning = Assert.Single(Warnings(second));
        Assert.True(second["check"].GetProperty("passed").GetBoolean());
        Assert.Equal("fromEmail", warning.GetProperty("field").GetString());
        Assert.Equal("warning", warning.GetProperty("severity").GetString());
        Assert.DoesNotContain("Fabrikam", second["check"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Another ruleset of this installation sends from this mailbox", page.Find("#check").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Fabrikam", page.Find("#check").TextContent, StringComparison.Ordinal);
        await SendAsync(TestProgram.ApiKey, "default@reader.example");
        await SendAsync(key, "payroll@reader.example");
        Assert.Equal("2 recipients in 24 h by all rulesets that send from this mailbox, of 10,000", await RecipientsAsync(screen));
    }

    // Recorded a moment after the message has arrived.
    private static async Task<string> RecipientsAsync(SettingsScreen screen)
    {
        var text = "";
        for (var poll = 0; poll < 100 && !text.StartsWith('2'); poll++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), Stop);
            var card = (await screen.Browser.GetAsync("/overview")).Find("#bar-day").ParentElement!;
            text = string.Join(' ', card.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return text;
    }

    private async Task SendAsync(string key, string to)
    {
        var answer = await _program.PostAsync("/api/v1/notifications", new { to, subject = "Your payslip", text = "It is ready." }, key);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        await Sandbox.Mail.WaitForAsync(m => m.To.Contains(to), Stop);
    }

    private static IEnumerable<JsonElement> Warnings(ApiAnswer saved) => saved["check"].GetProperty("steps").EnumerateArray()
        .SelectMany(step => step.TryGetProperty("findings", out var findings) ? findings.EnumerateArray().ToArray() : [])
        .Where(finding => finding.GetProperty("code").GetString() == "mailbox-shared");
}
