using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Who may read /metrics: this machine, or whom the operator names.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class MetricsDoorTests
{
    private const string Token = "a-token-of-monitoring-0123456789";

    [Theory]
    [InlineData("127.0.0.1", null, null, HttpStatusCode.OK)]
    [InlineData("::1", null, null, HttpStatusCode.OK)]
    [InlineData("::ffff:127.0.0.1", null, null, HttpStatusCode.OK)]
    [InlineData("203.0.113.9", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("10.1.2.3", "10.0.0.0/8", null, HttpStatusCode.OK)]
    [InlineData("10.1.2.3", "10.1.2.3", null, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "10.0.0.0/8", null, HttpStatusCode.Unauthorized)]
    [InlineData("203.0.113.9", null, Token, HttpStatusCode.OK)]
    [InlineData("203.0.113.9", null, "another-token-0123456789", HttpStatusCode.Unauthorized)]
    public async Task The_numbers_are_read_from_this_machine_from_named_networks_and_with_the_token(string from, string? network, string? sent, HttpStatusCode expected)
    {
        var settings = new Dictionary<string, string>();
        if (network is not null)
        {
            settings["Telemetry:MetricsNetworks:0"] = network;
        }

        if (sent is not null)
        {
            settings["Telemetry:MetricsToken"] = Token;
        }

        await using var program = await StartAsync(from, settings);

        using var answer = await GetAsync(program, sent);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task With_a_token_set_this_machine_needs_it_too_as_a_proxy_may_stand_on_it()
    {
        await using var program = await StartAsync("127.0.0.1", new Dictionary<string, string> { ["Telemetry:MetricsToken"] = Token });

        using var without = await GetAsync(program, null);
        using var with = await GetAsync(program, Token);

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (without.StatusCode, without.Headers.WwwAuthenticate.ToString()));
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (with.StatusCode, with.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_a_proxy_that_nobody_named_brings_is_not_taken_for_this_machine(string header, string value)
    {
        await using var program = await StartAsync("127.0.0.1", []);

        using var answer = await GetAsync(program, null, (header, value));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Neither_an_API_key_nor_an_administrators_session_opens_them_and_wrong_tokens_are_counted()
    {
        await using var program = await StartAsync("203.0.113.9", new Dictionary<string, string> { ["Telemetry:MetricsToken"] = Token, ["RateLimits:WrongKeysPerMinute"] = "2" });
        var ada = await program.SignedInAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Http.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await program.GetAsync("/metrics")).Status);
        using var right = await GetAsync(program, Token);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    private static Task<TestProgram> StartAsync(string from, Dictionary<string, string> settings) => TestProgram.StartAsync(new TestProgramOptions
    {
        Settings = settings,
        Services = services => services.AddSingleton<IStartupFilter>(new CameFrom(IPAddress.Parse(from))),
    });

    private static async Task<HttpResponseMessage> GetAsync(TestProgram program, string? token, params (string Name, string Value)[] headers)
    {
        using var client = program.NewApiClient(key: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
