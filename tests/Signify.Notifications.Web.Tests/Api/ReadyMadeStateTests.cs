using System.Text.Json;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Every ready-made state of the sandbox, saved over the API, ends in its finding: first in the list and on the right field.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ReadyMadeStateTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    [Theory]
    [InlineData("all-granted", "smtp")]
    [InlineData("exchange-role", "smtp")]
    [InlineData("graph-only", "graph")]
    public async Task A_working_state_becomes_active(string scenario, string route)
    {
        var (status, body) = await sandbox.SaveAsync(sandbox.Scenario(scenario));

        Assert.Equal(200, status);
        Assert.Equal("active", body.GetProperty("state").GetString());
        Assert.True(body.GetProperty("check").GetProperty("passed").GetBoolean());
        Assert.Equal(route, body.GetProperty("check").GetProperty("route").GetString());
        Assert.DoesNotContain(Findings(body), f => f.Severity == "error");
    }

    [Theory]
    [InlineData("secret-expired", "secret-expired", "clientSecret", "token-for-exchange")]
    [InlineData("secret-wrong", "secret-wrong", "clientSecret", "token-for-exchange")]
    [InlineData("unknown-app", "client-unknown", "clientId", "token-for-exchange")]
    [InlineData("unknown-tenant", "tenant-unknown", "tenantId", "tenant")]
    [InlineData("no-consent", "no-permission", "clientId", "sign-in")]
    [InlineData("service-principal-missing", "service-principal-missing", "fromEmail", "sign-in")]
    [InlineData("smtp-auth-off-tenant", "smtp-auth-disabled-tenant", "fromEmail", "sign-in")]
    [InlineData("smtp-auth-off-mailbox", "smtp-auth-disabled-mailbox", "fromEmail", "sign-in")]
    [InlineData("mailbox-without-licence", "mailbox-barred", "fromEmail", "sender")]
    [InlineData("port-587-blocked", "connection-refused", "port", "connection")]
    [InlineData("certificate-untrusted", "tls-untrusted", "cloud", "encryption")]
    [InlineData("app-disabled", "app-disabled", "clientId", "token-for-exchange")]
    [InlineData("app-public-client", "app-public-client", "clientId", "token-for-exchange")]
    [InlineData("conditional-access", "conditional-access", "clientId", "token-for-exchange")]
    [InlineData("entra-throttled", "entra-throttled", null, "token-for-exchange")]
    [InlineData("no-exchange-online", "no-exchange-online", "cloud", "token-for-exchange")]
    [InlineData("exchange-disabled", "exchange-disabled", "tenantId", "token-for-exchange")]
    public async Task A_fault_stays_a_draft_with_its_finding_first(string scenario, string code, string? field, string step)
    {
        var (status, body) = await sandbox.SaveAsync(sandbox.Scenario(scenario));

        Assert.Equal(200, status);
        Assert.Equal("draft", body.GetProperty("state").GetString());
        var first = Findings(body).First();
        Assert.Equal((code, field, step), (first.Code, first.Field, first.Step));
        Assert.Equal("failed", Step(body, step).GetProperty("state").GetString());
        Assert.Single(Findings(body), f => f.Code == code);
    }

    [Fact]
    public void Every_ready_made_state_is_tried_here()
    {
        var tried = typeof(ReadyMadeStateTests).GetMethods()
            .SelectMany(m => m.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>())
            .Select(data => (string)data.Data[0]!);

        Assert.Equal(sandbox.Sandbox.Scenarios.Where(s => s.Area == ScenarioArea.Setup).Select(s => s.Id).Order(), tried.Order());
    }

    [Fact]
    public async Task Graph_alone_says_why_mail_leaves_over_Graph()
    {
        var (_, body) = await sandbox.SaveAsync(sandbox.Scenario("graph-only"));

        var first = Findings(body).First();
        Assert.Equal(("graph-only", "warning", "sign-in"), (first.Code, first.Severity, first.Step));
        Assert.Contains("Graph", body.GetProperty("check").GetProperty("routeReason").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Step(JsonElement body, string name) =>
        body.GetProperty("check").GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("name").GetString() == name);

    private static IEnumerable<(string? Code, string? Field, string? Severity, string? Step)> Findings(JsonElement body) =>
        body.GetProperty("check").GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("findings").EnumerateArray().Select(f => (
            f.GetProperty("code").GetString(),
            f.TryGetProperty("field", out var field) ? field.GetString() : null,
            f.GetProperty("severity").GetString(),
            step.GetProperty("name").GetString())));
}
