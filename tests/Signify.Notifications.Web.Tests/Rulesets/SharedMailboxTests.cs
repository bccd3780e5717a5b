using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>A second ruleset with the same mailbox: warned at Save, without the name of the first, and sent for all the same.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SharedMailboxTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Name = "Payroll of Fabrikam";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_warns_by_page_and_by_API_and_messages_of_both_are_sent()
    {
        var body = SandboxProgram.Body(sandbox.Scenario("all-granted"));
        var other = await sandbox.Program.AddRulesetAsync(Name);
        var made = await sandbox.Program.Services.GetRequiredService<ApiKeys>().MakeAsync(other, "payroll", ApiKeyScopes.All, "a test", Stop);
        var key = Assert.IsType<ApiKeyMade.Made>(made).Key;
        var first = await sandbox.Program.SaveAsync(body, key: key);
        Assert.Empty(Warnings(first));

        body["fromEmail"] = $"  {((string)body["fromEmail"]!).ToUpperInvariant()} ";
        var second = await sandbox.Program.SaveAsync(body);
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        var page = await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));

        var warning = Assert.Single(Warnings(second));
        Assert.True(second["check"].GetProperty("passed").GetBoolean());
        Assert.Equal("fromEmail", warning.GetProperty("field").GetString());
        Assert.Equal("warning", warning.GetProperty("severity").GetString());
        Assert.DoesNotContain("Fabrikam", second["check"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Another ruleset of this installation sends from this mailbox", page.Find("#check").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Fabrikam", page.Find("#check").TextContent, StringComparison.Ordinal);
        await SendAsync(TestProgram.ApiKey, "default@reader.example");
        await SendAsync(key, "payroll@reader.example");
    }

    private async Task SendAsync(string key, string to)
    {
        var answer = await sandbox.Program.PostAsync("/api/v1/notifications", new { to, subject = "Your payslip", text = "It is ready." }, key);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        await sandbox.Sandbox.Mail.WaitForAsync(m => m.To.Contains(to), Stop);
    }

    private static IEnumerable<JsonElement> Warnings(ApiAnswer saved) => saved["check"].GetProperty("steps").EnumerateArray()
        .SelectMany(step => step.TryGetProperty("findings", out var findings) ? findings.EnumerateArray().ToArray() : [])
        .Where(finding => finding.GetProperty("code").GetString() == "mailbox-shared");
}
