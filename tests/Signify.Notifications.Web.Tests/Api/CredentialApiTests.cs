using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Web.Tests.Api;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CredentialApiTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Standby = "uF68Q~kX3dPz7NwVbR1sQm5YtLc9HjEg0AoIeTf2";

    [Fact]
    public async Task A_certificate_goes_in_and_its_facts_come_out()
    {
        using var pair = TestPairs.Make();

        var (status, saved) = await sandbox.SaveAsync(Body(("clientSecret", null), ("clientCertificate", Convert.ToBase64String(pair.Export(X509ContentType.Pfx, TestPairs.Password))), ("clientCertificatePassword", TestPairs.Password)));
        var active = (await sandbox.GetAsync("/api/v1/settings")).GetProperty("active");

        Assert.True((200, "active") == (status, saved.GetProperty("state").GetString()), saved.GetRawText());
        Assert.Equal("certificate", active.GetProperty("credential").GetString());
        var facts = active.GetProperty("certificate");
        Assert.Equal((pair.Thumbprint, "CN=HR app"), (facts.GetProperty("thumbprint").GetString(), facts.GetProperty("subject").GetString()));
        Assert.Equal(DateOnly.FromDateTime(pair.NotAfter.ToUniversalTime()).ToString("yyyy-MM-dd", null), active.GetProperty("credentialEndsOn").GetString());
        Assert.False(active.GetProperty("secrets").TryGetProperty("clientSecret", out _));
        var text = active.GetRawText();
        Assert.All([TestPairs.Password, TestPairs.KeyBase64(pair)[60..110]], part => Assert.DoesNotContain(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_GET_gave_can_be_sent_back_and_keeps_the_certificate()
    {
        await sandbox.SaveAsync(Body(("clientSecret", null), ("generateCertificate", true)));
        var active = (await sandbox.GetAsync("/api/v1/settings")).GetProperty("active");

        var (status, _) = await sandbox.SaveAsync(JsonNode.Parse(active.GetRawText())!);
        var again = (await sandbox.GetAsync("/api/v1/settings")).GetProperty("active");

        Assert.Equal(200, status);
        Assert.Equal(active.GetProperty("certificate").GetRawText(), again.GetProperty("certificate").GetRawText());
        Assert.True(again.GetProperty("certificate").GetProperty("madeHere").GetBoolean());
    }

    [Fact]
    public async Task A_standby_goes_in_shows_its_fingerprint_and_is_dropped_on_request()
    {
        await sandbox.SaveAsync(Body(("standbySecret", Standby), ("standbySecretExpiresOn", "2998-06-30")));
        var with = (await sandbox.GetAsync("/api/v1/settings")).GetProperty("active");
        await sandbox.SaveAsync(Body(("removeStandbySecret", true)));
        var without = (await sandbox.GetAsync("/api/v1/settings")).GetProperty("active");

        Assert.Matches("^[0-9a-f]{6}$", with.GetProperty("secrets").GetProperty("standbySecret").GetProperty("fingerprint").GetString());
        Assert.Equal("2998-06-30", with.GetProperty("standbySecretExpiresOn").GetString());
        Assert.DoesNotContain(Standby, with.GetRawText(), StringComparison.Ordinal);
        Assert.False(without.GetProperty("secrets").TryGetProperty("standbySecret", out _));
    }

    [Fact]
    public async Task What_cannot_be_used_is_told_at_its_field()
    {
        var (status, problem) = await sandbox.SaveAsync(Body(("clientSecret", null), ("clientCertificatePem", "hello")));
        var (ofType, type) = await sandbox.SaveAsync(Body(("generateCertificate", "yes")));

        Assert.Equal((400, 400), (status, ofType));
        Assert.Equal("cert-unreadable", problem.GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty("clientCertificatePem", out _));
        Assert.True(type.GetProperty("errors").TryGetProperty("generateCertificate", out _));
    }

    [Fact]
    public async Task The_document_has_the_new_fields_and_no_secret_in_what_comes_out()
    {
        using var api = sandbox.Program.NewApiClient();
        var document = JsonDocument.Parse(await api.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken)).RootElement;
        var schemas = document.GetProperty("components").GetProperty("schemas");

        var goesIn = schemas.GetProperty("SettingsBody").GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
        var comesOut = schemas.GetProperty("RevisionJson").GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();

        string[] secrets = ["clientSecret", "standbySecret", "clientCertificatePassword", "clientCertificatePem", "clientCertificate"];
        Assert.Empty(secrets.Except(goesIn));
        Assert.Empty(secrets.Intersect(comesOut));
        Assert.Contains("certificate", comesOut);
    }

    private Dictionary<string, object?> Body(params (string Name, object? Value)[] others)
    {
        var body = SandboxProgram.Body(sandbox.Scenario("all-granted"));
        foreach (var (name, value) in others)
        {
            body[name] = value;
        }

        return body;
    }
}
