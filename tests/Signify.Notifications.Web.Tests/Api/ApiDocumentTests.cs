using System.Net;
using System.Text.Json;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ApiDocumentTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Document = "/openapi/v1.json";

    [Fact]
    public async Task It_lists_the_settings_calls_with_their_bodies_and_answers()
    {
        var answer = await sandbox.Program.GetAsync(Document);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var settings = answer["paths"].GetProperty("/api/v1/settings");
        AssertAnswers(settings.GetProperty("get"), "200");
        AssertAnswers(settings.GetProperty("put"), "200", "400", "412");
        AssertAnswers(answer["paths"].GetProperty("/api/v1/settings/check").GetProperty("post"), "200", "404");
        AssertAnswers(answer["paths"].GetProperty("/api/v1/settings/test-message").GetProperty("post"), "200", "400", "404", "413");
        var body = Resolve(answer.Json, Body(settings.GetProperty("put")));
        Assert.Equal(
            [
                "batchSize", "clientCertificate", "clientCertificatePassword", "clientCertificatePem", "clientId", "clientSecret", "cloud", "credential",
                "credentialsRequired", "fromEmail", "fromName", "generateCertificate", "password", "port", "removeStandbySecret", "route",
                "secretExpiresOn", "serverName", "standbySecret", "standbySecretExpiresOn", "tenantId", "timeoutSeconds", "tokenBasedAuthentication", "useOwnSmtpDetails", "userName",
            ],
            body.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
        var to = Resolve(answer.Json, Body(answer["paths"].GetProperty("/api/v1/settings/test-message").GetProperty("post")));
        Assert.Equal(["to"], to.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("/api/v1/notifications")]
    [InlineData("/api/v1/mailings")]
    public async Task Submissions_state_that_they_may_be_refused_for_a_while(string path)
    {
        var answer = await sandbox.Program.GetAsync(Document);

        AssertAnswers(answer["paths"].GetProperty(path).GetProperty("post"), "202", "400", "408", "409", "413", "503");
    }

    [Fact]
    public async Task Durations_are_numbers_and_states_are_spelt_as_they_are_sent()
    {
        var schemas = (await sandbox.Program.GetAsync(Document))["components"].GetProperty("schemas");

        Assert.Contains("integer", schemas.GetProperty("CheckReport").GetProperty("properties").GetProperty("durationMs").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"draft\"", schemas.GetProperty("RevisionState").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"sign-in-offered\"", schemas.GetProperty("StepName").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_for_a_bearer_key_and_names_no_address_of_this_machine()
    {
        var answer = await sandbox.Program.GetAsync(Document);

        var scheme = Assert.Single(answer["components"].GetProperty("securitySchemes").EnumerateObject());
        Assert.Equal(("http", "bearer"), (scheme.Value.GetProperty("type").GetString(), scheme.Value.GetProperty("scheme").GetString()));
        Assert.True(answer["security"][0].TryGetProperty(scheme.Name, out _));
        Assert.Equal("/", answer["servers"][0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task It_opens_with_any_key_and_for_a_signed_in_reader_and_for_nobody_else()
    {
        var key = await sandbox.Program.NewKeyAsync("for the document", ApiKeyScopes.Send);
        var reader = await sandbox.Program.SignedInAsync();

        Assert.Equal(HttpStatusCode.OK, (await sandbox.Program.GetAsync(Document, key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(Document)).Status);
        (await sandbox.Program.GetAsync(Document, "a key that nobody made, long enough")).AssertProblem(HttpStatusCode.Unauthorized);
        var unknown = await sandbox.Program.GetAsync(Document, key: null);
        Assert.Equal((HttpStatusCode.Redirect, ""), (unknown.Status, unknown.Text));
    }

    private static JsonElement Body(JsonElement call) =>
        call.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        if (!schema.TryGetProperty("$ref", out var reference))
        {
            return schema;
        }

        return reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at.GetProperty(name));
    }

    private static void AssertAnswers(JsonElement call, params string[] statuses)
    {
        var listed = call.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToList();
        Assert.All(statuses, status => Assert.Contains(status, listed));
    }
}
