using System.Net;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>What each scope opens of the settings.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ScopeTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    [Theory]
    [InlineData(ApiKeyScopes.Read, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(ApiKeyScopes.Send, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(ApiKeyScopes.Send | ApiKeyScopes.Read, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(ApiKeyScopes.Settings, HttpStatusCode.OK, HttpStatusCode.BadRequest)]
    public async Task Reading_and_changing_are_different_rights(ApiKeyScopes scopes, HttpStatusCode read, HttpStatusCode change)
    {
        var key = await sandbox.Program.NewKeyAsync($"scopes {scopes}", scopes);

        Assert.Equal(read, (await sandbox.Program.GetAsync(ApiCalls.Settings, key)).Status);
        (await sandbox.Program.SaveAsync(new { serverName = "" }, key: key)).AssertProblem(change);
        if (change == HttpStatusCode.Forbidden)
        {
            (await sandbox.Program.PostAsync(ApiCalls.Settings + "/check", key: key)).AssertProblem(change);
            (await sandbox.Program.PostAsync(ApiCalls.Settings + "/test-message", new { to = "anna@contoso.com" }, key)).AssertProblem(change);
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("POST", "/check")]
    [InlineData("POST", "/test-message")]
    public async Task Without_a_key_nothing_opens(string method, string path)
    {
        var answer = await sandbox.Program.CallAsync(new HttpMethod(method), ApiCalls.Settings + path, key: null);

        answer.AssertProblem(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", answer.Response.Headers.WwwAuthenticate.Single().Scheme);
    }
}
