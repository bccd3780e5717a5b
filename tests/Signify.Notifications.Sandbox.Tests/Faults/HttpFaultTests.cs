using System.Net;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Faults;

public sealed class HttpFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_endpoint_answers_what_it_was_told()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Faults.Token(
            new HttpFault { Status = 503, Body = "<html>proxy</html>", ContentType = "text/html", Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } },
            times: 1);

        using var first = await AskAsync(sandbox);
        using var second = await AskAsync(sandbox);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "<html>proxy</html>"), (first.StatusCode, await first.Content.ReadAsStringAsync(Ct)));
        Assert.Equal(TimeSpan.FromSeconds(7), first.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task Graph_throttles_when_told_so()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Faults.Graph(HttpFault.TooManyRequests(12));

        using var answer = await sandbox.Http.PostAsync($"/v1.0/users/{ReadyMadeTenants.Sender}/sendMail", null, Ct);

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(12)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.Contains("ApplicationThrottled", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_request_has_no_answer()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Faults.Token(new HttpFault { Drop = true });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(sandbox));
    }

    private static Task<HttpResponseMessage> AskAsync(RunningSandbox sandbox) => sandbox.AskTokenAsync(
        "contoso.com", $"{ReadyMadeApps.Granted.ClientId}", ReadyMadeApps.Granted.Secret, RunningSandbox.ExchangeScope, Ct);
}
