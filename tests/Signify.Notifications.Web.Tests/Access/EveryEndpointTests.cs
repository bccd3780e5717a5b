using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Walks all endpoints there are, those that are added later too.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class EveryEndpointTests
{
    /// <summary>What anyone may open, and why nothing else may be: it lets people in, or tells that the program lives.</summary>
    private static readonly string[] Open =
    [
        "/account/signin", "/account/twofactor", "/account/invitation", "/setup", "/error/{status:int?}", "/health/live", "/health/ready",
    ];

    [Fact]
    public async Task Nothing_but_the_named_doors_opens_to_someone_unknown()
    {
        await using var program = await TestProgram.StartAsync();
        using var client = program.NewApiClient(key: null);
        var walked = new List<string>();

        foreach (var endpoint in program.Endpoints().Where(e => !e.IsStaticFile()))
        {
            foreach (var method in endpoint.Methods())
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), endpoint.Address());
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                walked.Add($"{method} {endpoint.Pattern()}");
                if (!Open.Contains(endpoint.Pattern(), StringComparer.OrdinalIgnoreCase))
                {
                    AssertTurnedAway(walked[^1], answer);
                }
            }
        }

        Assert.All(Open, open => Assert.Contains(walked, w => w.EndsWith(' ' + open, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("GET /gear/access/users", walked, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_viewer_gets_403_from_every_post_that_changes_settings_or_delivery()
    {
        await using var program = await TestProgram.StartAsync(("RateLimits:SignInsPerMinute", "1000"));
        var viewer = await program.SignedInViewerAsync();
        var token = Token(await viewer.GetAsync("/account/profile"));

        var posts = (await PostsAsync(program)).Where(p => ((string[])["/gear", "/overview", "/mailings", "/activity"]).Any(way => p.Page.StartsWith(way, StringComparison.OrdinalIgnoreCase))).ToList();
        foreach (var (_, address) in posts)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
            using var answer = await viewer.Http.PostAsync(address, form, TestContext.Current.CancellationToken);

            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"POST {address} answered a viewer with {(int)answer.StatusCode}.");
        }

        Assert.True(posts.Count >= 24, "The walk found too few posts to be true.");
    }

    [Fact]
    public async Task A_viewer_sees_no_secret_and_no_form_that_changes_something()
    {
        await using var program = await TestProgram.StartAsync();
        var viewer = await program.SignedInViewerAsync();

        foreach (var address in (string[])["/gear/access/users", "/gear/access/apikeys"])
        {
            var page = await viewer.GetAsync(address);

            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Empty(page.Document.QuerySelectorAll("main form"));
            Assert.DoesNotContain(TestProgram.ApiKey, page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_audit_log_is_for_administrators()
    {
        await using var program = await TestProgram.StartAsync();
        var viewer = await program.SignedInViewerAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/gear/system/auditlog")).Status);
        Assert.DoesNotContain("/gear/system/auditlog", (await viewer.GetAsync("/gear/access/users")).Html, StringComparison.Ordinal);
        Assert.Contains("/gear/system/auditlog", (await (await program.SignedInAsync()).GetAsync("/gear/access/users")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_post_without_the_antiforgery_token_is_refused()
    {
        await using var program = await TestProgram.StartAsync(("RateLimits:SignInsPerMinute", "1000"));
        var admin = await program.SignedInAsync();

        // The error page is re-executed with the method of what failed, and changes nothing.
        var posts = (await PostsAsync(program)).Where(p => !p.Page.StartsWith("/error", StringComparison.Ordinal)).ToList();
        foreach (var (_, address) in posts)
        {
            using var form = new FormUrlEncodedContent([]);
            using var answer = await admin.Http.PostAsync(address, form, TestContext.Current.CancellationToken);

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"POST {address} without a token answered {(int)answer.StatusCode}.");
        }

        Assert.True(posts.Count >= 34, "The walk found too few posts to be true.");
    }

    [Fact]
    public async Task Every_form_of_every_page_carries_the_antiforgery_token()
    {
        await using var program = await TestProgram.StartAsync();
        var forms = 0;

        foreach (var browser in (BrowserClient[])[program.NewBrowser(), await program.SignedInAsync()])
        {
            foreach (var endpoint in program.Endpoints().Where(e => e.PageOf() is not null))
            {
                var page = await browser.GetAsync(endpoint.Address());
                foreach (var form in page.Document.QuerySelectorAll("form[method=post i]"))
                {
                    forms++;
                    Assert.True(form.QuerySelector("input[name=__RequestVerificationToken]") is not null, $"A form of {page.Address} has no token.");
                }
            }
        }

        Assert.True(forms >= 15, "The walk found too few forms to be true.");
    }

    private static void AssertTurnedAway(string what, HttpResponseMessage answer)
    {
        var toSignIn = answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/account/signin", StringComparison.Ordinal);
        Assert.True(toSignIn || answer.StatusCode == HttpStatusCode.Unauthorized, $"{what} answered someone unknown with {(int)answer.StatusCode}.");
    }

    private static string Token(BrowserPage page) => page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;

    private static async Task<IReadOnlyList<(string Page, Uri Address)>> PostsAsync(TestProgram program) =>
        [.. (await program.PostsAsync()).Select(p => (p.Page.Pattern(), new Uri(p.Page.Address() + p.Handler, UriKind.Relative)))];
}
