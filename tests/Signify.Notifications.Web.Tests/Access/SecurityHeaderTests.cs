using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SecurityHeaderTests
{
    [Theory]
    [InlineData("/account/signin", HttpStatusCode.OK)]
    [InlineData("/account/profile", HttpStatusCode.OK)]
    [InlineData("/gear/access/apikeys", HttpStatusCode.OK)]
    [InlineData("/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("/gear/access/users/00000000-0000-0000-0000-00000000dead", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    public async Task Every_answer_tells_the_browser_to_run_nothing_but_our_own(string address, HttpStatusCode expected)
    {
        await using var program = await TestProgram.StartAsync();
        var browser = address == "/account/signin" ? program.NewBrowser() : await program.SignedInAsync();

        var page = await browser.GetAsync(address);

        Assert.Equal(expected, page.Status);
        AssertGuarded(page);
    }

    [Fact]
    public async Task A_crash_shows_a_page_with_the_headers_and_no_inner_detail()
    {
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            // What the page asks for is broken.
            Services = services => services.AddScoped<InvitedUsers>(_ => throw new InvalidOperationException("an inner detail")),
        });

        var page = await (await program.SignedInAsync()).GetAsync("/gear/access/users");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Contains("Something went wrong on our side", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("an inner detail", page.Html, StringComparison.Ordinal);
        AssertGuarded(page);
    }

    [Theory]
    [InlineData("http://localhost", "signify.session=", false)]
    [InlineData("https://localhost", "__Host-signify.session=", true)]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites(string host, string name, bool secure)
    {
        await using var program = await TestProgram.StartAsync();
        using var client = program.NewApiClient(key: null);
        using var opened = await client.GetAsync(new Uri(host + "/account/signin"), TestContext.Current.CancellationToken);
        var page = await BrowserPage.ReadAsync(opened);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host + "/account/signin"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Email"] = TestProgram.AdminEmail,
                ["Password"] = TestProgram.AdminPassword,
                ["__RequestVerificationToken"] = page.Find("#sign-in input[name=__RequestVerificationToken]").GetAttribute("value")!,
            }),
        };
        request.Headers.Add("Cookie", opened.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith(name, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    private static void AssertGuarded(BrowserPage page)
    {
        string Header(string name) => page.Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        var csp = Header("Content-Security-Policy");
        foreach (var directive in (string[])["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"])
        {
            Assert.Contains(directive, csp, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("unsafe-", csp, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("publickey-credentials-get=", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Contains("no-store", Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Empty(Header("Server"));
        Assert.DoesNotMatch("<script(?![^>]*src=)|<style|\\son[a-z]+=|\\sstyle=", page.Html);
    }
}
