using System.Globalization;
using System.Net;
using System.Text.Json;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>What PUT and GET answer, name by name: other programs rely on it.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SavedSettingsTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private static readonly string[] Steps =
    [
        "fields", "tenant", "token-for-exchange", "token-for-graph", "permissions", "name-lookup", "connection", "encryption", "sign-in-offered", "sign-in", "sender",
    ];

    [Fact]
    public async Task Before_the_first_Save_both_revisions_are_null()
    {
        await using var program = await TestProgram.StartAsync();

        var answer = await program.GetAsync(ApiCalls.Settings);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"active":null,"draft":null}""", answer.Text);
        Assert.Equal("\"0\"", answer.ETag);
    }

    [Fact]
    public async Task A_Save_answers_with_revision_state_and_check()
    {
        var answer = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["revision", "state", "check"], answer.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("active", answer["state"].GetString());
        var check = answer["check"];
        Assert.Equal((true, "smtp"), (check.GetProperty("passed").GetBoolean(), check.GetProperty("route").GetString()));
        Assert.True(check.GetProperty("durationMs").GetInt64() >= 0);
        AssertUtc(check.GetProperty("startedAt"));
        Assert.Equal(Steps, check.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.All(check.GetProperty("steps").EnumerateArray(), step =>
        {
            Assert.Equal(JsonValueKind.Number, step.GetProperty("durationMs").ValueKind);
            Assert.Equal("passed", step.GetProperty("state").GetString());
            Assert.NotEqual("", step.GetProperty("summary").GetString());
            Assert.Empty(step.GetProperty("findings").EnumerateArray());
        });
    }

    [Fact]
    public async Task A_failing_step_names_its_finding_with_message_remedy_field_and_evidence()
    {
        var answer = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("secret-wrong")));

        Assert.Equal("draft", answer["state"].GetString());
        Assert.False(answer["check"].GetProperty("passed").GetBoolean());
        Assert.False(answer["check"].TryGetProperty("route", out _));
        var step = answer["check"].GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "token-for-exchange");
        Assert.Equal("failed", step.GetProperty("state").GetString());
        Assert.Contains("AADSTS7000215", step.GetProperty("evidence").GetString(), StringComparison.Ordinal);
        var finding = step.GetProperty("findings")[0];
        Assert.Equal(("secret-wrong", "clientSecret"), (finding.GetProperty("code").GetString(), finding.GetProperty("field").GetString()));
        Assert.NotEqual("", finding.GetProperty("message").GetString());
        Assert.NotEqual("", finding.GetProperty("remedy").GetString());
        Assert.StartsWith("https://", finding.GetProperty("link").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_saved_is_read_back_in_the_same_spelling_and_without_the_secret()
    {
        var scenario = sandbox.Scenario("all-granted");
        await sandbox.Program.SaveAsync(new Dictionary<string, object?>(SandboxProgram.Body(scenario))
        {
            ["fromName"] = "HR",
            ["batchSize"] = "LARGE",
            ["route"] = "Smtp",
            ["secretExpiresOn"] = "2028-11-12",
        });

        var answer = await sandbox.Program.GetAsync(ApiCalls.Settings);

        var active = answer["active"];
        Assert.Equal(("large", "smtp", "active", "2028-11-12"), (Text(active, "batchSize"), Text(active, "route"), Text(active, "state"), Text(active, "secretExpiresOn")));
        Assert.Equal((scenario.TenantId, scenario.ClientId, "Sandbox", "HR"), (Text(active, "tenantId"), Text(active, "clientId"), Text(active, "cloud"), Text(active, "fromName")));
        Assert.Equal((scenario.Port, 30), (active.GetProperty("port").GetInt32(), active.GetProperty("timeoutSeconds").GetInt32()));
        AssertUtc(active.GetProperty("createdAt"));
        AssertUtc(active.GetProperty("activatedAt"));
        Assert.Equal($"\"{active.GetProperty("revision").GetInt32()}\"", answer.ETag);
        var secret = active.GetProperty("secrets").GetProperty("clientSecret");
        Assert.Equal(["setAt", "setBy", "fingerprint"], secret.EnumerateObject().Select(p => p.Name));
        AssertUtc(secret.GetProperty("setAt"));
        Assert.DoesNotContain(scenario.ClientSecret, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_Save_leaves_the_active_revision_in_charge_and_keeps_the_draft_with_its_check()
    {
        var active = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));
        var draft = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("secret-expired")));

        var answer = await sandbox.Program.GetAsync(ApiCalls.Settings);

        Assert.Equal(active["revision"].GetInt32(), answer["active"].GetProperty("revision").GetInt32());
        Assert.Equal(draft["revision"].GetInt32(), answer["draft"].GetProperty("revision").GetInt32());
        Assert.Contains("\"secret-expired\"", answer["draft"].GetProperty("check").GetRawText(), StringComparison.Ordinal);
        Assert.True(answer["active"].GetProperty("check").GetProperty("passed").GetBoolean());
    }

    [Fact]
    public async Task What_GET_gave_can_be_sent_back_and_keeps_the_stored_secret()
    {
        await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));
        var before = await sandbox.Program.GetAsync(ApiCalls.Settings);

        var saved = await sandbox.Program.SaveTextAsync(before["active"].GetRawText());

        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal("active", saved["state"].GetString());
        var after = await sandbox.Program.GetAsync(ApiCalls.Settings);
        Assert.Equal(before["active"].GetProperty("secrets").GetRawText(), after["active"].GetProperty("secrets").GetRawText());
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static void AssertUtc(JsonElement time)
    {
        var text = time.GetString()!;
        Assert.True(DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) && at.Offset == TimeSpan.Zero, text);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$", text);
    }
}
