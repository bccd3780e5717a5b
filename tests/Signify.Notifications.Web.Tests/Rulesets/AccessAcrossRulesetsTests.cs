using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Api;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>People who belong to several rulesets, and administrators of one who must not get into another through them.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class AccessAcrossRulesetsTests
{
    private const string Bert = "bert@fabrikam.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_whom_the_administrator_knows_from_another_ruleset_gets_access_by_their_own_consent_and_is_changed_and_removed()
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();

        var added = await ada.SubmitAsync(await ada.GetAsync("/gear/access/users".In(fabrikam)), "#add-user", ("Email", TestProgram.ViewerEmail.ToUpperInvariant()), ("Role", "Administrator"));

        Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync("/gear/access/users".In(fabrikam))).Status);
        await vera.SubmitAsync(await vera.OpenLinkAsync(added.Find("#link").GetAttribute("value")!), "#take-up");
        Assert.Equal("Fabrikam", (await vera.GetAsync("/gear/access/users".In(fabrikam))).Ruleset());
        Assert.NotEmpty((await vera.GetAsync("/gear/access/users".In(fabrikam))).Document.QuerySelectorAll("#add-user"));

        var edit = await ada.GetAsync(added.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!);
        await ada.SubmitAsync(edit, "#role", ("role", "Viewer"));
        Assert.Empty((await vera.GetAsync("/gear/access/users".In(fabrikam))).Document.QuerySelectorAll("#add-user"));
        await ada.SubmitAsync(edit, "#remove");

        Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync("/gear/access/users".In(fabrikam))).Status);
        Assert.Equal("Default", (await vera.GetAsync("/overview")).Ruleset());
    }

    [Theory]
    [InlineData("#role")]
    [InlineData("#remove")]
    public async Task Each_ruleset_keeps_its_last_administrator_whoever_administers_others(string form)
    {
        await using var program = await TestProgram.StartAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();
        await program.AddUserAsync(ada, Bert, "Administrator");
        var users = await ada.GetAsync("/gear/access/users".In(fabrikam));

        var refused = await ada.SubmitAsync(await ada.GetAsync(users.Document.Links().Single(l => l.TextContent == TestProgram.AdminEmail && l.Closest("main") is not null).GetAttribute("href")!), form, ("role", "Viewer"));

        Assert.Contains("This is the last administrator", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_user_takes_access_up_by_a_link_that_only_they_can_use()
    {
        await using var program = await TestProgram.StartAsync();
        var (bert, fabrikam) = await FabrikamAsync(program);
        var vera = await program.SignedInViewerAsync();

        var added = await bert.SubmitAsync(await bert.GetAsync("/gear/access/users"), "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Administrator"));
        var link = added.Find("#link").GetAttribute("value")!;

        // Nothing is theirs before the link is used, and nobody but they can use it.
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync("/overview".In(fabrikam))).Status);
        Assert.Empty((await vera.GetAsync("/overview")).Document.QuerySelectorAll(".ruleset-switch"));
        Assert.Equal(["Invited"], added.Document.QuerySelectorAll("tbody tr").Where(r => r.TextContent.Contains(TestProgram.ViewerEmail, StringComparison.Ordinal)).Select(r => r.Children[4].TextContent.Trim()));
        var asBert = await bert.OpenLinkAsync(link);
        Assert.Contains("You are signed in as bert@fabrikam.example", asBert.Text, StringComparison.Ordinal);
        await bert.SubmitAsync(asBert, "#take-up");
        var stranger = await program.NewBrowser().OpenLinkAsync(link);
        Assert.Empty(stranger.Document.QuerySelectorAll("input[type=password]"));
        Assert.Contains("Sign in with your account first", stranger.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync("/overview".In(fabrikam))).Status);

        var taken = await vera.SubmitAsync(await vera.OpenLinkAsync(link), "#take-up");

        Assert.Equal("Fabrikam", taken.Ruleset());
        Assert.Equal(HttpStatusCode.Gone, (await vera.OpenLinkAsync(link)).Status);
        await using var db = program.NewContext();
        Assert.Equal(["took the access up", "role: Administrator; invited"],
            (await db.Set<AuditEntry>().Where(e => e.RulesetId == fabrikam && e.Target == $"user {TestProgram.ViewerEmail}").OrderByDescending(e => e.At).ToListAsync(Stop)).Select(e => e.Details));
    }

    [Fact]
    public async Task An_offer_runs_out_after_seven_days_is_replaced_by_a_newer_one_and_goes_when_taken_back()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        await program.SignedInViewerAsync();
        var (bert, fabrikam) = await FabrikamAsync(program);
        var added = await bert.SubmitAsync(await bert.GetAsync("/gear/access/users"), "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Viewer"));
        var edit = await bert.GetAsync(added.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!);
        var renewed = await bert.SubmitAsync(edit, "#new-link");

        Assert.Equal(HttpStatusCode.Gone, (await program.NewBrowser().OpenLinkAsync(added.Find("#link").GetAttribute("value")!)).Status);
        var link = renewed.Find("#link").GetAttribute("value")!;
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await program.NewBrowser().OpenLinkAsync(link)).Status);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Gone, (await program.NewBrowser().OpenLinkAsync(link)).Status);

        var back = await program.SignedInAsync(Bert, TestProgram.ViewerPassword);
        await back.SubmitAsync(await back.GetAsync(edit.Address.PathAndQuery), "#remove");
        await using var db = program.NewContext();
        Assert.Equal(1, await db.Set<RulesetMember>().IgnoreQueryFilters().CountAsync(m => m.RulesetId == fabrikam && m.Role == MemberRole.Viewer || m.RulesetId == Ruleset.DefaultId && m.Role == MemberRole.Viewer, Stop));
        // The account is Contoso's: it stays.
        Assert.True(await db.Set<User>().AnyAsync(u => u.Email == TestProgram.ViewerEmail, Stop));
    }

    [Theory]
    [InlineData("Link")]
    [InlineData("Reset")]
    [InlineData("Unlock")]
    public async Task An_administrator_of_one_ruleset_cannot_take_over_an_account_that_opens_another(string handler)
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        var (bert, fabrikam) = await FabrikamAsync(program);
        await program.SetRoleAsync(fabrikam, TestProgram.ViewerEmail, MemberRole.Viewer);
        var before = await UserAsync(program);
        var edit = await bert.GetAsync($"/gear/access/users/edit/{before.Id}");

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", edit.Find("#role input[name=__RequestVerificationToken]").GetAttribute("value")!)]);
        using var answer = await bert.Http.PostAsync(new Uri($"/gear/access/users/edit/{before.Id}?handler={handler}".In(fabrikam), UriKind.Relative), form, Stop);
        var refused = await BrowserPage.ReadAsync(answer);

        Assert.Empty(edit.Document.QuerySelectorAll("#new-link, #reset, #unlock"));
        Assert.Contains("This account opens rulesets that you do not administer", refused.Text, StringComparison.Ordinal);
        Assert.Empty(refused.Document.QuerySelectorAll("#link"));
        Assert.Equal((before.PasswordHash, before.SecurityStamp), ((await UserAsync(program)).PasswordHash, (await UserAsync(program)).SecurityStamp));
        Assert.Equal("Default", (await vera.GetAsync("/overview".In(Ruleset.DefaultId))).Ruleset());

        // Who administers all that the account opens may help.
        await program.SetRoleAsync(Ruleset.DefaultId, Bert, MemberRole.Administrator);
        Assert.NotEmpty((await bert.GetAsync($"/gear/access/users/edit/{before.Id}".In(fabrikam))).Document.QuerySelectorAll("#new-link"));
    }

    [Fact]
    public async Task A_page_of_keys_names_its_ruleset_and_a_key_of_another_is_not_there()
    {
        await using var program = await TestProgram.StartAsync();
        var (bert, fabrikam) = await FabrikamAsync(program);
        var made = await bert.SubmitAsync(await bert.GetAsync("/gear/access/apikeys"), "#make-key", ("Name", "fabrikam-payroll"), ("Scopes", "Read"));
        var key = made.Find("#key").GetAttribute("value")!;
        var id = made.Find("form[action*=Revoke] input[name=id]").GetAttribute("value")!;
        var ada = await program.SignedInAsync();
        var mine = await ada.GetAsync("/gear/access/apikeys");

        async Task<string> RevokeAsync(string which)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", mine.Find("#make-key input[name=__RequestVerificationToken]").GetAttribute("value")!), KeyValuePair.Create("id", which)]);
            using var answer = await ada.Http.PostAsync(new Uri("/gear/access/apikeys?handler=Revoke".In(Ruleset.DefaultId), UriKind.Relative), form, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Stop);
        }

        Assert.Contains("Make a key for Fabrikam", made.Text, StringComparison.Ordinal);
        Assert.Contains("Make a key for Default", mine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("fabrikam", mine.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Bare(await RevokeAsync($"{Guid.NewGuid()}")), Bare(await RevokeAsync(id)));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/mailings", key)).Status);
        Assert.NotEqual(Guid.Empty, fabrikam);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_of_events_ends_when_the_access_behind_it_is_gone(bool byKey)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var vera = await program.SignedInViewerAsync();
        var key = await program.NewKeyAsync("listener", ApiKeyScopes.Read);
        using var api = program.NewApiClient(key);
        using var answer = await (byKey ? api : vera.Http).GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        Assert.NotNull(await reader.ReadLineAsync(Stop));

        await using (var db = program.NewContext())
        {
            await db.Set<ApiKey>().Where(k => k.Name == "listener").ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, clock.GetUtcNow()), Stop);
        }

        await program.SetRoleAsync(Ruleset.DefaultId, TestProgram.ViewerEmail, role: null);
        var end = reader.ReadToEndAsync(Stop);
        // Each step lets every timer that is due run; the stream ends with one of them.
        while (!end.IsCompleted)
        {
            clock.Advance(AccessWatch.Interval);
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(200), Stop));
        }

        await end;
        Assert.Equal(byKey ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, (await (byKey ? api : vera.Http).GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop)).StatusCode);
    }

    [Fact]
    public async Task A_password_link_made_before_the_account_got_access_to_another_ruleset_is_void_from_then_on()
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        var (bert, fabrikam) = await FabrikamAsync(program);
        var link = await NewLinkAsync(program, await program.SignedInAsync());
        var invited = program.NewBrowser();
        var opened = await invited.OpenLinkAsync(link);
        var before = await UserAsync(program);
        var added = await bert.SubmitAsync(await bert.GetAsync("/gear/access/users"), "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Viewer"));
        await vera.SubmitAsync(await vera.OpenLinkAsync(added.Find("#link").GetAttribute("value")!), "#take-up");
        // Also where what opens the ruleset is taken away again.
        await program.SetRoleAsync(fabrikam, TestProgram.ViewerEmail, role: null);

        var used = await AcceptAsync(invited, opened);

        Assert.Equal(HttpStatusCode.Gone, used.Status);
        Assert.Equal((before.PasswordHash, before.SecurityStamp), ((await UserAsync(program)).PasswordHash, (await UserAsync(program)).SecurityStamp));
    }

    [Theory]
    [InlineData("the account opens another ruleset")]
    [InlineData("the creator is a viewer now")]
    [InlineData("the creator is gone")]
    public async Task A_password_link_is_judged_again_when_it_is_used(string change)
    {
        await using var program = await TestProgram.StartAsync();
        await program.SignedInViewerAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        const string Carla = "carla@contoso.com";
        await program.AddUserAsync(await program.SignedInAsync(), Carla, "Administrator");
        var link = await NewLinkAsync(program, await program.SignedInAsync(Carla, TestProgram.ViewerPassword));
        var invited = program.NewBrowser();
        var opened = await invited.OpenLinkAsync(link);
        var before = await UserAsync(program);
        await (change switch
        {
            "the account opens another ruleset" => program.SetRoleAsync(fabrikam, TestProgram.ViewerEmail, MemberRole.Viewer),
            "the creator is a viewer now" => program.SetRoleAsync(Ruleset.DefaultId, Carla, MemberRole.Viewer),
            _ => RemoveAsync(program, Carla),
        });

        var used = await AcceptAsync(invited, opened);

        Assert.Equal(HttpStatusCode.Gone, used.Status);
        Assert.Equal(HttpStatusCode.Gone, (await program.NewBrowser().OpenLinkAsync(link)).Status);
        Assert.Equal((before.PasswordHash, before.SecurityStamp), ((await UserAsync(program)).PasswordHash, (await UserAsync(program)).SecurityStamp));
    }

    private static async Task<string> NewLinkAsync(TestProgram program, BrowserClient administrator)
    {
        var made = await administrator.SubmitAsync(
            await administrator.GetAsync($"/gear/access/users/edit/{(await UserAsync(program)).Id}".In(Ruleset.DefaultId)), "#new-link");
        return made.Find("#link").GetAttribute("value")!;
    }

    private static Task<BrowserPage> AcceptAsync(BrowserClient browser, BrowserPage opened) =>
        browser.SubmitAsync(opened, "form", ("Form.Password", "a password of the attacker"), ("Form.Repeated", "a password of the attacker"));

    private static async Task RemoveAsync(TestProgram program, string email)
    {
        await using var db = program.NewContext();
        await db.Set<User>().Where(u => u.Email == email).ExecuteDeleteAsync(Stop);
    }

    /// <summary>Fabrikam with Bert alone, who has nothing to do with the first ruleset.</summary>
    private static async Task<(BrowserClient Bert, Guid Id)> FabrikamAsync(TestProgram program)
    {
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        var ada = await program.SignedInAsync();
        await program.AddUserAsync(ada, Bert, "Viewer");
        await program.SetRoleAsync(fabrikam, Bert, MemberRole.Administrator);
        await program.SetRoleAsync(Ruleset.DefaultId, Bert, role: null);
        await program.SetRoleAsync(fabrikam, TestProgram.AdminEmail, role: null);
        return (await program.SignedInAsync(Bert, TestProgram.ViewerPassword), fabrikam);
    }

    private static async Task<User> UserAsync(TestProgram program)
    {
        await using var db = program.NewContext();
        return await db.Set<User>().AsNoTracking().SingleAsync(u => u.Email == TestProgram.ViewerEmail, Stop);
    }

    /// <summary>Without what differs in every answer.</summary>
    private static string Bare(string html) => System.Text.RegularExpressions.Regex.Replace(html, "value=\"CfDJ[^\"]*\"", "");
}
