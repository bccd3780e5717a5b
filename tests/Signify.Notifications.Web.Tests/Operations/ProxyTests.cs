using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Signify.Notifications.Web.Tests.Api.HandIn;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>What people and programs meet who come through nginx.</summary>
public sealed class ProxyTests(ProxyLab lab) : IClassFixture<ProxyLab>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A redirect would be followed, and the key sent in clear with each call.</summary>
    [Fact]
    public async Task A_program_that_calls_in_clear_is_refused_and_not_redirected()
    {
        using var client = lab.NewClient("127.0.0.10");

        using var refused = await client.GetAsync(new Uri($"http://{ProxyLab.Site}/api/v1/mailings"), Ct);

        Assert.Equal((HttpStatusCode.Forbidden, null), (refused.StatusCode, refused.Headers.Location));
    }

    [Fact]
    public async Task A_person_is_led_to_https_and_signs_in_with_a_cookie_that_travels_encrypted_only()
    {
        using var client = lab.NewClient("127.0.0.10");
        using var plain = await client.GetAsync(new Uri($"http://{ProxyLab.Site}/overview?a=b"), Ct);
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"https://{ProxyLab.Site}/overview?a=b"), (plain.StatusCode, plain.Headers.Location!.ToString()));
        using var turnedAway = await client.GetAsync("/overview", Ct);
        Assert.Equal($"https://{ProxyLab.Site}/account/signin?returnUrl=%2Foverview", new Uri(client.BaseAddress!, turnedAway.Headers.Location!).ToString());
        Assert.Equal("max-age=31536000", Assert.Single(turnedAway.Headers.GetValues("Strict-Transport-Security")));

        var cookies = new CookieContainer();
        using var browser = lab.NewClient("127.0.0.10", cookies);
        var page = await new BrowserClient(browser).SignInAsync(ProxyLab.AdminEmail, ProxyLab.AdminPassword);

        Assert.Equal(("https", "/gear/ruleset/notifications"), (page.Address.Scheme, page.Address.AbsolutePath));
        Assert.Contains(cookies.GetAllCookies(), c => c is { Name: "__Host-signify.session", Secure: true, HttpOnly: true });
        Assert.All(cookies.GetAllCookies(), c => Assert.True(c.Secure, c.Name));
    }

    [Fact]
    public async Task The_address_that_is_limited_and_written_down_is_the_callers_whatever_they_claim()
    {
        using var forger = lab.NewClient("127.0.0.20", new CookieContainer());
        forger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        forger.DefaultRequestHeaders.Add("Forwarded", "for=203.0.113.9");
        forger.DefaultRequestHeaders.Add("X-Real-IP", "203.0.113.9");
        for (var i = 0; i < ProxyLab.SignInsPerMinute; i++)
        {
            forger.DefaultRequestHeaders.Remove("X-Forwarded-For");
            forger.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{i + 1}");
            Assert.Equal(HttpStatusCode.OK, (await new BrowserClient(forger).SignInAsync("nobody@contoso.example", "wrong")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await new BrowserClient(forger).SignInAsync("nobody@contoso.example", "wrong")).Status);
        using var other = lab.NewClient("127.0.0.21", new CookieContainer());
        Assert.Equal("/gear/ruleset/notifications", (await new BrowserClient(other).SignInAsync(ProxyLab.AdminEmail, ProxyLab.AdminPassword)).Address.AbsolutePath);
        var log = (await new BrowserClient(other).GetAsync("/gear/system/auditlog")).Text;
        Assert.Contains("from 127.0.0.20", log, StringComparison.Ordinal);
        Assert.Contains("from 127.0.0.21", log, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_lead_to_the_site_and_another_name_gets_no_answer()
    {
        using var browser = lab.NewClient("127.0.0.30", new CookieContainer());
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        var ada = new BrowserClient(browser);
        await ada.SignInAsync(ProxyLab.AdminEmail, ProxyLab.AdminPassword);

        var added = await ada.SubmitAsync(await ada.GetAsync("/gear/access/users"), "#add-user", ("Email", "vera@contoso.example"), ("Role", "Viewer"));

        Assert.StartsWith($"https://{ProxyLab.Site}/account/invitation", added.Find("#link").GetAttribute("value"), StringComparison.Ordinal);
        using var stranger = lab.NewClient("127.0.0.31", site: "evil.example");
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("/account/signin", Ct));
    }

    [Fact]
    public async Task Events_arrive_while_the_answer_goes_on()
    {
        using var api = ApiClient();
        using var response = await api.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        await using var stream = await response.Content.ReadAsStreamAsync(Ct);
        await using var events = SseParser.Create(stream).EnumerateAsync(Ct).GetAsyncEnumerator(Ct);
        Assert.True(await events.MoveNextAsync());

        using (var held = await api.PostAsJsonAsync("/api/v1/hold", new { }, Ct))
        {
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        }

        // The answer never ends: what is read here was let through as it came.
        while (events.Current is not { EventType: "hold" } hold || !JsonSerializer.Deserialize<JsonElement>(hold.Data).GetProperty("held").GetBoolean())
        {
            Assert.True(await events.MoveNextAsync());
        }
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task A_large_mailing_goes_through_as_it_comes()
    {
        const int People = 40_000;
        using var api = ApiClient();
        var seen = new List<long>();

        async IAsyncEnumerable<string> Lines()
        {
            await foreach (var line in LineStream.People(People))
            {
                yield return line;
            }

            // An empty line sends what was collected. Before the last one is sent, the program has taken some in.
            yield return "";
            while (seen.LastOrDefault() == 0)
            {
                seen.Add(Rows());
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            yield return LineStream.Person(People + 1);
        }

        using var body = new LineStream(Lines());
        using var answer = await api.PostAsync("/api/v1/mailings", body, Ct);
        var taken = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(People + 1, taken.GetProperty("accepted").GetInt32());
        Assert.InRange(seen[^1], 1, People);
    }

    [Fact]
    public async Task An_instance_that_is_away_is_passed_over()
    {
        using var client = lab.NewClient("127.0.0.50");
        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.GetAsync("/health/ready", Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_address_that_asks_for_the_sign_in_too_often_is_limited_and_no_other()
    {
        using var many = lab.NewClient("127.0.0.60");
        using var other = lab.NewClient("127.0.0.61");

        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(async _ =>
        {
            using var answer = await many.GetAsync("/account/signin", Ct);
            return answer.StatusCode;
        }));

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Contains(HttpStatusCode.OK, answers);
        using var calm = await other.GetAsync("/account/signin", Ct);
        Assert.Equal(HttpStatusCode.OK, calm.StatusCode);
    }

    private HttpClient ApiClient()
    {
        var api = lab.NewClient("127.0.0.40");
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LabProgram.ApiKey);
        return api;
    }

    private long Rows()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(lab.Data, "notifications.db")};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "Notifications" """;
        return (long)command.ExecuteScalar()!;
    }
}
