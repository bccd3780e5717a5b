using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Api.HandIn;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>What one caller may ask for: requests of a key, event streams of a key or user, connections.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CallerLimitTests
{
    private const string Settings = "/api/v1/settings";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_at_its_limit_of_requests_is_answered_429_and_another_key_is_not()
    {
        await using var program = await TestProgram.StartAsync(("RateLimits:KeyRequestsPerMinute", "5"));
        var other = await program.NewKeyAsync("other", ApiKeyScopes.Read);

        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await program.GetAsync(Settings));
        }

        answers[^1].AssertProblem(HttpStatusCode.TooManyRequests);
        Assert.Equal("1", answers[^1].Response.Headers.RetryAfter?.ToString());
        Assert.All(answers[..^1], a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(Settings, other)).Status);
    }

    [Fact]
    public async Task A_key_has_so_many_requests_at_a_time_and_no_more()
    {
        await using var program = await HandInProgram.StartAsync(("RateLimits:KeyConcurrency", "1"));
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<string> Slow()
        {
            yield return LineStream.Head;
            yield return "";
            await go.Task;
            yield return LineStream.Person(1);
        }

        // Whichever comes first has the only turn: a submission that met one of the reads below is sent again.
        Task<ApiAnswer>? running = null;
        ApiAnswer second;
        do
        {
            if (running is null || (running.IsCompleted && (await running).Status == HttpStatusCode.TooManyRequests))
            {
                running = program.PostAsync(HandInProgram.Mailings, new LineStream(Slow()));
            }

            second = await program.Program.GetAsync(Settings);
        }
        while (second.Status == HttpStatusCode.OK || running.IsCompleted);

        go.SetResult();
        second.AssertProblem(HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.Accepted, (await running).Status);
        while ((await program.Program.GetAsync(Settings)).Status != HttpStatusCode.OK)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_caller_has_so_many_event_streams_at_a_time()
    {
        await using var program = await TestProgram.StartAsync(("RateLimits:StreamsPerCaller", "2"), ("RateLimits:KeyConcurrency", "1"));
        var other = await program.NewKeyAsync("other", ApiKeyScopes.Read);
        using var api = program.NewApiClient();
        var first = await OpenAsync(api);
        using var second = await OpenAsync(api);

        using var third = await OpenAsync(api);
        using var others = await OpenAsync(program.NewApiClient(other));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            new[] { first, second, third, others }.Select(r => r.StatusCode));
        Assert.Equal("60", third.Headers.RetryAfter?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(Settings)).Status);
        first.Dispose();
        HttpResponseMessage again;
        while ((again = await OpenAsync(api)).StatusCode == HttpStatusCode.TooManyRequests)
        {
            again.Dispose();
        }

        again.Dispose();
    }

    [Fact]
    public async Task The_api_document_states_429_for_each_call()
    {
        await using var program = await TestProgram.StartAsync();

        var document = await program.GetAsync("/openapi/v1.json");

        Assert.All(document["paths"].EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(call => (p.Name, call))), c =>
            Assert.True(c.call.Value.GetProperty("responses").TryGetProperty("429", out _), $"{c.call.Name} {c.Name}"));
    }

    [Fact]
    public async Task Connections_have_the_configured_limits()
    {
        await using var program = await TestProgram.StartAsync(("Connections:Most", "77"), ("Connections:HeaderBytes", "8192"), ("Connections:MinBytesPerSecond", "500"));

        var limits = program.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((77L, 100, 8192), (limits.MaxConcurrentConnections, limits.Http2.MaxStreamsPerConnection, limits.MaxRequestHeadersTotalSize));
        Assert.Equal((500d, 500d), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinResponseDataRate!.BytesPerSecond));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(130)), (limits.RequestHeadersTimeout, limits.KeepAliveTimeout));
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient api) => api.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
}
