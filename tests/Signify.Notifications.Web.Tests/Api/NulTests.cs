using System.Net;
using System.Net.Http.Json;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>A NUL in a text, which PostgreSQL cannot store: it is refused in words, or not found, whichever database is there.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class NulTests
{
    private const string Nul = "a\0b";

    [Fact]
    public async Task No_call_breaks_on_it()
    {
        await using var program = await TestProgram.StartAsync(("RateLimits:SignInsPerMinute", "1000"));

        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/notifications?to=a%00b")).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/notifications?to=a%00b%40contoso.com&state=sent")).Status);
        foreach (var field in (string[])["serverName", "fromEmail", "fromName", "userName", "password", "clientId", "clientSecret", "tenantId", "cloud"])
        {
            var answer = await program.SaveAsync(new Dictionary<string, object?> { [field] = Nul });
            Assert.True(answer.Status is HttpStatusCode.BadRequest, $"{field}: {answer.Status}");
        }

        foreach (var message in new object[]
        {
            new { to = Nul, subject = "s", text = "t" },
            new { to = $"{Nul} <anna@contoso.com>", subject = "s", text = "t" },
            new { to = "anna@contoso.com", cc = new[] { $"{Nul}@contoso.com" }, subject = "s", text = "t" },
            new { to = "anna@contoso.com", subject = Nul, text = "t" },
            new { to = "anna@contoso.com", subject = "s", text = Nul },
            new { to = "anna@contoso.com", subject = "s", html = Nul },
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await program.CallAsync(HttpMethod.Post, "/api/v1/notifications", JsonContent.Create(message))).Status);
        }

        var mailing = new { name = "n", subject = "s", text = "{{name}}", recipients = new[] { new { to = "anna@contoso.com", fields = new { name = Nul } } } };
        Assert.Equal(HttpStatusCode.Accepted, (await program.PostAsync("/api/v1/mailings", mailing)).Status);
        Assert.True((await program.PostAsync("/api/v1/settings/test-message", new { to = Nul })).Status < HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task No_page_breaks_on_it()
    {
        await using var program = await TestProgram.StartAsync(("RateLimits:SignInsPerMinute", "1000"));
        var admin = await program.SignedInAsync();

        var pages = new List<BrowserPage>
        {
            await program.NewBrowser().SignInAsync($"{Nul}@contoso.com", Nul),
            await program.NewBrowser().OpenLinkAsync("/account/invitation#token=a\0b"),
            await admin.SubmitAsync(await admin.GetAsync("/gear/access/users"), "#add-user", ("Email", $"{Nul}@contoso.com"), ("Role", "Viewer")),
            await admin.GetAsync("/activity?recipient=a%00b"),
            await admin.GetAsync("/activity?recipient=a%00b&begins=true"),
        };

        Assert.All(pages, page => Assert.True(page.Status < HttpStatusCode.InternalServerError, $"{page.Address}: {page.Status}"));
    }
}
