using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>A proxy that the configuration forgot: cookies keep their protection, and the operator learns of it.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class UnknownProxyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Production", "notifications.contoso.com", true)]
    [InlineData("Staging", "10.1.2.3", true)]
    [InlineData("Production", "localhost", false)]
    [InlineData("Production", "127.0.0.1", false)]
    [InlineData("Production", "localhost.contoso.com", true)]
    [InlineData("Development", "notifications.contoso.com", false)]
    public async Task Cookies_are_for_https_alone_though_the_request_looks_like_http(string environment, string host, bool secure)
    {
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Environment = environment });
        using var client = program.NewApiClient(key: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/signin") { Headers = { Host = host } };

        using var answer = await client.SendAsync(request, Ct);

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, c => Assert.Equal(secure, c.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_session_cookie_has_its_prefix_where_the_proxy_is_forgotten()
    {
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Environment = "Production" });
        var browser = program.NewBrowser();
        browser.Http.DefaultRequestHeaders.Host = "notifications.contoso.com";
        // The test's cookie container sends nothing that is for https alone over http, as browsers do not: the form's cookie goes by hand.
        using var client = program.NewApiClient(key: null);
        using var first = new HttpRequestMessage(HttpMethod.Get, "/account/signin") { Headers = { Host = "notifications.contoso.com" } };
        using var page = await client.SendAsync(first, Ct);
        var token = System.Text.RegularExpressions.Regex.Match(await page.Content.ReadAsStringAsync(Ct), "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)").Groups[1].Value;
        using var second = new HttpRequestMessage(HttpMethod.Post, "/account/signin")
        {
            Headers = { Host = "notifications.contoso.com" },
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Email"] = TestProgram.AdminEmail,
                ["Password"] = TestProgram.AdminPassword,
                ["__RequestVerificationToken"] = token,
            }),
        };
        second.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c[..c.IndexOf(';', StringComparison.Ordinal)]));

        using var signedIn = await client.SendAsync(second, Ct);

        var session = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), c => c.Contains("signify.session=", StringComparison.Ordinal));
        Assert.StartsWith("__Host-signify.session=", session, StringComparison.Ordinal);
        Assert.Contains("; secure", session, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("192.0.2.0/24", true)]
    [InlineData("10.0.0.0/8", false)]
    public async Task A_forwarded_header_of_an_unknown_proxy_is_logged_once_and_in_the_health_details(string? known, bool warns)
    {
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Settings = known is null ? [] : new Dictionary<string, string> { ["Proxies:Known:0"] = known },
            Services = services => services.AddSingleton<IStartupFilter>(new CameFrom(IPAddress.Parse("10.1.2.3"))),
        });
        var browser = program.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        await browser.GetAsync("/account/signin");
        await browser.GetAsync("/account/signin");
        var details = JsonDocument.Parse((await program.GetAsync("/health/ready")).Text).RootElement;

        Assert.Equal(warns ? 1 : 0, program.Log.Lines.Count(l => l.Contains("X-Forwarded-Proto from 10.1.2.3 is ignored", StringComparison.Ordinal)));
        Assert.Equal(warns ? ["proxy-unknown"] : [], details.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()));
    }

    [Fact]
    public async Task Many_addresses_fill_neither_the_log_nor_the_memory()
    {
        var time = TimeProvider.System;
        using var loggers = new Microsoft.Extensions.Logging.LoggerFactory();
        using var log = new KeptLog();
        loggers.AddProvider(log);
        var proxies = new Web.Access.UnknownProxies(Microsoft.Extensions.Logging.LoggerFactoryExtensions.CreateLogger<Web.Access.UnknownProxies>(loggers), time);

        for (var i = 0; i < 1000; i++)
        {
            var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { Connection = { RemoteIpAddress = new IPAddress([198, 18, (byte)(i >> 8), (byte)i]) } };
            http.Request.Headers["X-Forwarded-Proto"] = "https";
            proxies.Observe(http);
        }

        Assert.Equal(20, log.Lines.Count);
        await Task.CompletedTask;
    }
}
