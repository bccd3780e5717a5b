using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>A proxy that serves the program under a path of its own is refused with the reason, rather than with broken links.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class PathPrefixTests
{
    [Fact]
    public async Task A_prefix_is_refused_on_pages_api_and_health_and_none_is_not()
    {
        await using var program = await TestProgram.StartAsync();
        using var client = program.NewApiClient();

        foreach (var path in new[] { "/account/signin", "/overview", "/api/v1/settings", "/health/ready", "/css/site.css" })
        {
            var (status, text) = await GetAsync(client, path, "/hr/notifications");
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("cannot be served under a path", text, StringComparison.Ordinal);
        }

        foreach (var prefix in new[] { "", "/" })
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "/account/signin", prefix)).Status);
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "/api/v1/settings", prefix)).Status);
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(HttpClient client, string path, string prefix)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Forwarded-Prefix", prefix } } };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
