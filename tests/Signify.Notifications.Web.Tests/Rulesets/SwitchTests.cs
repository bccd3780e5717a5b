using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>Which ruleset a page shows, and into which one a form is stored.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SwitchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_one_ruleset_sees_its_name_and_nothing_to_choose()
    {
        await using var program = await TestProgram.StartAsync();
        var page = await (await program.SignedInAsync()).GetAsync("/overview");

        Assert.Equal("Default", page.Ruleset());
        Assert.Empty(page.Document.QuerySelectorAll(".ruleset-switch"));
        Assert.Equal("/overview", page.Address.PathAndQuery);
        Assert.DoesNotContain(page.Document.Links(), l => l.GetAttribute("href")!.Contains("ruleset=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ruleset_is_opened_from_the_top_bar_and_stays_open_in_this_browser_alone()
    {
        await using var program = await TestProgram.StartAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var (first, second) = (await program.SignedInAsync(), await program.SignedInAsync());
        var retention = await first.GetAsync("/gear/ruleset/retention");
        Assert.Equal("Default", retention.Ruleset());

        var opened = await first.GetAsync(retention.Document.QuerySelectorAll(".ruleset-switch li a").Single(a => a.TextContent == "Fabrikam").GetAttribute("href")!);

        Assert.Equal(("/gear/ruleset/retention".In(fabrikam), "Fabrikam"), (opened.Address.PathAndQuery, opened.Ruleset()));
        Assert.Equal("Fabrikam", opened.Find(".ruleset-switch [aria-current=true]").TextContent);
        // An address without a ruleset, a bookmark of before or the start page: the one that was opened last.
        Assert.Equal("Fabrikam", (await first.GetAsync("/")).Ruleset());
        Assert.Equal("/activity?state=failed".In(fabrikam), (await first.GetAsync("/activity?state=failed")).Address.PathAndQuery);
        Assert.Equal("Default", (await second.GetAsync("/overview")).Ruleset());
        Assert.All(opened.Document.QuerySelectorAll("main a[href^='/'], .top-bar a[href^='/']").Where(a => !a.GetAttribute("href")!.StartsWith("/account", StringComparison.Ordinal) && a.Closest(".ruleset-switch li") is null),
            link => Assert.Contains($"ruleset={fabrikam}", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_shows_one_ruleset_is_stored_there_though_another_was_opened_since()
    {
        await using var program = await TestProgram.StartAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();
        var old = await ada.GetAsync("/gear/ruleset/retention".In(Ruleset.DefaultId));
        var users = await ada.GetAsync("/gear/access/users".In(Ruleset.DefaultId));
        await ada.GetAsync("/overview".In(fabrikam));
        Assert.Equal("Fabrikam", (await ada.GetAsync("/overview")).Ruleset());

        var stored = await ada.SubmitAsync(old, "main form", ("Days", "41"));
        await ada.SubmitAsync(users, "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Viewer"));

        Assert.Equal(("Default", "41"), (stored.Ruleset(), stored.Find("#Days").GetAttribute("value")));
        var setting = program.Services.GetRequiredService<RetentionSetting>();
        Assert.Equal((41, null), ((await setting.ReadAsync(Ruleset.DefaultId, Stop)).Own, (await setting.ReadAsync(fabrikam, Stop)).Own));
        await using var db = program.NewContext();
        Assert.Equal(Ruleset.DefaultId, (await db.Set<RulesetMember>().SingleAsync(m => m.Role == MemberRole.Viewer, Stop)).RulesetId);
    }

    [Fact]
    public async Task What_is_wrong_with_a_form_is_told_in_the_ruleset_that_it_shows()
    {
        await using var program = await TestProgram.StartAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();
        var old = await ada.GetAsync("/gear/ruleset/retention".In(Ruleset.DefaultId));
        await ada.GetAsync("/overview".In(fabrikam));

        var refused = await ada.SubmitAsync(old, "main form", ("Days", "many"));

        Assert.Equal(("Default", "many"), (refused.Ruleset(), refused.Find("#Days").GetAttribute("value")));
    }

    [Fact]
    public async Task Every_post_to_a_ruleset_that_does_not_name_it_is_refused()
    {
        await using var program = await TestProgram.StartAsync();
        await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();
        var token = (await ada.GetAsync("/gear/ruleset/retention")).Find("main input[name=__RequestVerificationToken]").GetAttribute("value")!;

        var posts = (await program.PostsAsync()).Where(p => IsOfARuleset(p.Page.Pattern())).ToList();
        foreach (var (page, handler) in posts)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
            using var answer = await ada.Http.PostAsync(new Uri(page.Address() + handler, UriKind.Relative), form, Stop);

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"POST {page.Pattern()}{handler} that names no ruleset answered {(int)answer.StatusCode}.");
        }

        Assert.True(posts.Count >= 26, $"The walk found {posts.Count} posts, too few to be true.");
        // A page that belongs to no ruleset says so here.
        Assert.All((await program.PostsAsync()).Select(p => p.Page.Pattern()).Where(p => !IsOfARuleset(p)), p => Assert.Matches("^/(account|setup|error)", p));
    }

    [Fact]
    public async Task Every_form_and_script_of_every_page_names_the_ruleset_that_the_page_shows()
    {
        await using var seeded = new SeededRulesets();
        await seeded.InitializeAsync();
        await seeded.Program.SetRoleAsync(seeded.Second.Id, seeded.First.Email, MemberRole.Administrator);
        var ada = await seeded.SignedInAsync(seeded.First);
        await ada.GetAsync("/overview".In(seeded.Second.Id));
        var forms = 0;

        // Rulesets are made in the one that the installation started with.
        foreach (var endpoint in seeded.Program.Endpoints().Where(e => e.PageOf() is not null && IsOfARuleset(e.Pattern()) && e.Pattern() != "/gear/rulesets/new"))
        {
            var page = await ada.GetAsync(endpoint.Address(seeded.First.Fill(endpoint)).In(seeded.First.Id));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(seeded.First.Name, page.Ruleset());
            foreach (var form in page.Document.QuerySelectorAll("main form[method=post i], form[action^='/gear'][method=post i]"))
            {
                forms++;
                Assert.True(form.GetAttribute("action")?.Contains($"ruleset={seeded.First.Id}", StringComparison.Ordinal) == true, $"A form of {page.Address} says {form.GetAttribute("action")}.");
                Assert.All(form.QuerySelectorAll("[formaction]"), button => Assert.Contains($"ruleset={seeded.First.Id}", button.GetAttribute("formaction"), StringComparison.Ordinal));
            }
        }

        Assert.True(forms >= 20, $"The walk found {forms} forms, too few to be true.");
    }

    [Fact]
    public async Task A_script_writes_into_the_ruleset_that_it_names_and_into_none_that_it_does_not()
    {
        await using var program = await TestProgram.StartAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();
        await ada.GetAsync("/overview".In(fabrikam));

        async Task<HttpStatusCode> HoldAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            using var answer = await ada.Http.SendAsync(request, Stop);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await HoldAsync("/api/v1/hold"));
        Assert.Equal(HttpStatusCode.OK, await HoldAsync("/api/v1/hold".In(Ruleset.DefaultId)));
        Assert.Contains("Held by", (await ada.GetAsync("/overview".In(Ruleset.DefaultId))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Held by", (await ada.GetAsync("/overview".In(fabrikam))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-00000000dead")]
    public async Task A_ruleset_of_others_is_answered_as_one_that_is_not_there(string nothing)
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        var secret = await program.AddRulesetAsync("Hidden Holdings");

        var theirs = await vera.GetAsync("/overview".In(secret));
        var none = await vera.GetAsync($"/overview?ruleset={nothing}");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (theirs.Status, none.Status));
        Assert.Equal(none.Html, theirs.Html);
        Assert.Contains("You have no access here", theirs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", theirs.Html, StringComparison.Ordinal);
        // It was not remembered: the own one opens.
        Assert.Equal("Default", (await vera.GetAsync("/overview")).Ruleset());
    }

    [Fact]
    public async Task Access_that_is_taken_away_ends_at_once_and_what_was_being_written_is_stored_nowhere()
    {
        await using var program = await TestProgram.StartAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();
        var form = await ada.GetAsync("/gear/ruleset/retention".In(fabrikam));
        await program.SetRoleAsync(fabrikam, TestProgram.AdminEmail, role: null);

        var refused = await ada.SubmitAsync(form, "main form", ("Days", "41"));
        var again = await ada.GetAsync("/gear/ruleset/retention");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Nothing was changed", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fabrikam", refused.Html, StringComparison.Ordinal);
        Assert.Equal(("Default", ""), (again.Ruleset(), again.Find("#Days").GetAttribute("value") ?? ""));
        await using var db = program.NewContext();
        Assert.DoesNotContain(await db.Set<Notifications.Delivery.Mailbox>().Select(m => m.RetentionDays).ToListAsync(Stop), days => days is not null);
    }

    [Fact]
    public async Task A_role_is_that_of_the_ruleset_which_the_request_names()
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        await program.SetRoleAsync(fabrikam, TestProgram.ViewerEmail, MemberRole.Administrator);
        var mine = await vera.GetAsync("/gear/ruleset/retention".In(fabrikam));
        await vera.GetAsync("/overview".In(Ruleset.DefaultId));

        var stored = await vera.SubmitAsync(mine, "main form", ("Days", "41"));
        var token = mine.Find("main input[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("Days", "7")]);
        using var refused = await vera.Http.PostAsync(new Uri("/gear/ruleset/retention".In(Ruleset.DefaultId), UriKind.Relative), form, Stop);

        Assert.Equal(("Fabrikam", "41"), (stored.Ruleset(), stored.Find("#Days").GetAttribute("value")));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty((await vera.GetAsync("/gear/ruleset/retention".In(Ruleset.DefaultId))).Document.QuerySelectorAll("main button"));
    }

    [Fact]
    public async Task Who_may_open_no_ruleset_is_told_so_calmly_and_gets_in_when_let_in()
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        await program.SetRoleAsync(Ruleset.DefaultId, TestProgram.ViewerEmail, role: null);

        foreach (var address in (string[])["/", "/overview", "/gear/rulesets", "/gear/access/users", "/account/profile"])
        {
            var page = await vera.GetAsync(address);
            Assert.Equal(HttpStatusCode.Forbidden, page.Status);
            Assert.Contains("You have no access yet", page.Text, StringComparison.Ordinal);
            Assert.NotNull(page.Document.QuerySelector("form[action='/account/signout'] input[name=__RequestVerificationToken]"));
            Assert.DoesNotContain("Default", page.Html, StringComparison.Ordinal);
        }

        await program.SetRoleAsync(Ruleset.DefaultId, TestProgram.ViewerEmail, MemberRole.Viewer);
        Assert.Equal("Default", (await vera.GetAsync("/overview")).Ruleset());
    }

    private static bool IsOfARuleset(string pattern) =>
        pattern == "/" || ((string[])["/gear", "/overview", "/mailings", "/activity"]).Any(way => pattern.StartsWith(way, StringComparison.Ordinal));
}
