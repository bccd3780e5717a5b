using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Rulesets;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Where one-time links lead, and that their code reaches no log of a proxy.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SiteAddressTests
{
    private const string Users = "/gear/access/users";

    [Fact]
    public async Task A_link_begins_with_the_configured_address_whatever_the_host_header_says()
    {
        await using var program = await TestProgram.StartAsync(("Site:Address", "https://notifications.contoso.com/hr/"));
        var ada = await program.SignedInAsync();
        ada.Http.DefaultRequestHeaders.Host = "evil.example";

        var added = await InviteAsync(ada);

        Assert.StartsWith("https://notifications.contoso.com/hr/account/invitation#token=", added.Find("#link").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("notifications.contoso.com;*")]
    public async Task Without_an_address_no_user_is_invited_where_any_host_is_answered(string allowedHosts)
    {
        await using var program = await ProductionAsync(("AllowedHosts", allowedHosts));
        var ada = await program.SignedInAsync();

        var refused = await InviteAsync(ada);

        Assert.Contains("Ask the operator to set Site:Address.", refused.Text, StringComparison.Ordinal);
        Assert.Empty(refused.Document.QuerySelectorAll("#link"));
        Assert.DoesNotContain("vera@contoso.example", (await ada.GetAsync(Users)).Find("table").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_hosts_are_named_the_requests_own_is_one_of_them()
    {
        await using var program = await ProductionAsync(("AllowedHosts", "localhost"));

        var added = await InviteAsync(await program.SignedInAsync());

        Assert.StartsWith("http://localhost/account/invitation#token=", added.Find("#link").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_set_up_link_begins_with_the_configured_address()
    {
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Bootstrap = false,
            Settings = new Dictionary<string, string> { ["Site:Address"] = "https://notifications.contoso.com" },
        });

        Assert.Contains("https://notifications.contoso.com/setup#token=", program.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_in_the_query_opens_nothing()
    {
        await using var program = await TestProgram.StartAsync();
        var link = (await InviteAsync(await program.SignedInAsync())).Find("#link").GetAttribute("value")!;

        var page = await program.NewBrowser().GetAsync(link.Replace('#', '?'));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotEmpty(page.Document.QuerySelectorAll("#link-code"));
        Assert.Empty(page.Document.QuerySelectorAll("input[type=password]"));
    }

    [Theory]
    [InlineData("  {0} ")]
    [InlineData("https://elsewhere.example/account/invitation#token={0}")]
    public async Task The_code_may_be_pasted_alone_or_with_its_link(string pasted)
    {
        await using var program = await TestProgram.StartAsync();
        var link = (await InviteAsync(await program.SignedInAsync())).Find("#link").GetAttribute("value")!;
        var code = link[(link.IndexOf("#token=", StringComparison.Ordinal) + 7)..];
        var vera = program.NewBrowser();

        var opened = await vera.SubmitAsync(
            await vera.GetAsync("/account/invitation"), "#link-code", ("Token", string.Format(System.Globalization.CultureInfo.InvariantCulture, pasted, code)));

        Assert.Equal(2, opened.Document.QuerySelectorAll("input[type=password]").Length);
        Assert.DoesNotContain(code, opened.Address.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_must_sign_in_first_comes_back_to_the_offer_and_no_address_holds_its_code()
    {
        await using var program = await TestProgram.StartAsync();
        await program.SignedInViewerAsync();
        var (bert, fabrikam) = await FabrikamAsync(program);
        var link = (await bert.SubmitAsync(await bert.GetAsync(Users), "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Viewer")))
            .Find("#link").GetAttribute("value")!;
        var vera = program.NewBrowser();
        var opened = await vera.OpenLinkAsync(link);

        var toSignIn = opened.Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Sign in").GetAttribute("href")!;
        var back = await vera.SignInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword, toSignIn);
        var taken = await vera.SubmitAsync(back, "#take-up");

        Assert.Equal("/account/signin?returnUrl=%2Faccount%2Finvitation", toSignIn);
        Assert.Equal("/account/invitation", back.Address.PathAndQuery);
        Assert.Contains(fabrikam.ToString(), taken.Address.Query, StringComparison.Ordinal);
        Assert.NotEmpty((await vera.GetAsync("/account/invitation")).Document.QuerySelectorAll("#link-code"));
    }

    private static async Task<(BrowserClient Bert, Guid Fabrikam)> FabrikamAsync(TestProgram program)
    {
        const string Bert = "bert@fabrikam.example";
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        await program.AddUserAsync(await program.SignedInAsync(), Bert, "Administrator");
        await program.SetRoleAsync(fabrikam, Bert, Signify.Notifications.Access.MemberRole.Administrator);
        await program.SetRoleAsync(Notifications.Rulesets.Ruleset.DefaultId, Bert, role: null);
        return (await program.SignedInAsync(Bert, TestProgram.ViewerPassword), fabrikam);
    }

    private static async Task<BrowserPage> InviteAsync(BrowserClient ada) =>
        await ada.SubmitAsync(await ada.GetAsync(Users), "#add-user", ("Email", "vera@contoso.example"), ("Role", "Viewer"));

    private static Task<TestProgram> ProductionAsync(params (string Key, string Value)[] settings) => TestProgram.StartAsync(new TestProgramOptions
    {
        Environment = "Production",
        Settings = settings.ToDictionary(s => s.Key, s => s.Value),
    });
}
