using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class HealthDetailsTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Ready = "/health/ready";

    [Fact]
    public async Task Everyone_else_gets_one_word()
    {
        var program = sandbox.Program;
        var sender = await program.NewKeyAsync("sender " + Guid.NewGuid(), ApiKeyScopes.Send | ApiKeyScopes.Settings);
        var vera = await program.SignedInViewerAsync();

        foreach (var answer in (string[])[(await program.GetAsync(Ready, key: null)).Text, (await program.GetAsync(Ready, sender)).Text, (await program.GetAsync(Ready, "wrong-key")).Text, (await vera.GetAsync(Ready)).Html])
        {
            Assert.Equal("Healthy", answer);
        }
    }

    [Fact]
    public async Task An_administrator_and_a_key_that_may_read_get_the_state_of_their_ruleset()
    {
        var program = sandbox.Program;
        var body = SandboxProgram.Body(sandbox.Scenario("all-granted"));
        body["secretExpiresOn"] = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.OK, (await program.SaveAsync(body)).Status);
        await HoldAsync(program, Hold.Configuration);
        var key = await program.NewKeyAsync("reader", ApiKeyScopes.Read);
        var ada = await program.SignedInAsync();

        var byKey = JsonDocument.Parse((await program.GetAsync(Ready, key)).Text).RootElement;
        var byCookie = JsonDocument.Parse((await ada.GetAsync(Ready)).Html).RootElement;
        var byApi = JsonDocument.Parse((await program.GetAsync("/api/v1/health", key)).Text).RootElement;

        Assert.Equal(("Healthy", "answers"), (byKey.GetProperty("status").GetString(), byKey.GetProperty("database").GetString()));
        var ruleset = byKey.GetProperty("ruleset");
        Assert.True(ruleset.GetProperty("check").GetProperty("passed").GetBoolean());
        Assert.Equal("configuration", ruleset.GetProperty("hold").GetProperty("reason").GetString());
        Assert.Equal("secret-expired", ruleset.GetProperty("hold").GetProperty("code").GetString());
        Assert.Equal(20, ruleset.GetProperty("credential").GetProperty("daysLeft").GetInt32());
        Assert.Equal(byKey.GetRawText(), byCookie.GetRawText());
        Assert.Equal(ruleset.GetRawText(), byApi.GetRawText());
        Assert.DoesNotContain("@", byKey.GetRawText(), StringComparison.Ordinal);
        await HoldAsync(program, Hold.None);
    }

    private static async Task HoldAsync(TestProgram program, Hold hold)
    {
        await using var db = await SeededProgram.OpenAsync(program);
        var code = hold == Hold.None ? (FindingCode?)null : FindingCode.SecretExpired;
        await db.Set<Mailbox>().ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Hold, hold).SetProperty(m => m.HoldCode, code).SetProperty(m => m.HoldWords, "550 anna@contoso.com refused"),
            TestContext.Current.CancellationToken);
    }
}
