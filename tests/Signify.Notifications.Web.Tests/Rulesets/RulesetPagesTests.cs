using System.Net;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>The list of rulesets, making and naming one.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class RulesetPagesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_of_the_first_ruleset_makes_another_and_stands_in_it()
    {
        await using var program = await TestProgram.StartAsync();
        var ada = await program.SignedInAsync();
        var list = await ada.GetAsync("/gear/rulesets");

        var made = await ada.SubmitAsync(await ada.GetAsync(list.Find("main a.primary").GetAttribute("href")!), "#new-ruleset", ("Name", "  Fabrikam & Söhne  "));

        var ruleset = await program.FindRulesetAsync("Fabrikam & Söhne");
        Assert.NotNull(ruleset);
        Assert.Equal("/gear/rulesets".In(ruleset.Id), made.Address.PathAndQuery);
        Assert.Equal("Fabrikam & Söhne", made.Ruleset());
        Assert.Contains("Not set up", made.Find("tbody").TextContent, StringComparison.Ordinal);
        await using var db = program.NewContext();
        Assert.Equal(MemberRole.Administrator, (await db.Set<RulesetMember>().SingleAsync(m => m.RulesetId == ruleset.Id, Stop)).Role);
        var entry = await db.Set<AuditEntry>().SingleAsync(e => e.Action == AuditAction.RulesetCreated, Stop);
        Assert.Equal((ruleset.Id, TestProgram.AdminEmail, "ruleset Fabrikam & Söhne"), (entry.RulesetId, entry.By, entry.Target));
    }

    [Theory]
    [InlineData("", "Enter a name.")]
    [InlineData("   ", "Enter a name.")]
    [InlineData("default", "A ruleset of this name is there already. Choose another name.")]
    [InlineData("Pay\u202Eroll", "This name has characters that cannot be seen, such as a line break. Type it anew.")]
    [InlineData("200+", "This name has 201 characters. It may have 200.")]
    public async Task A_name_that_will_not_do_is_told_at_its_field_and_kept(string name, string fault)
    {
        name = name == "200+" ? new string('n', 201) : name;
        await using var program = await TestProgram.StartAsync();
        var ada = await program.SignedInAsync();

        var made = await ada.SubmitAsync(await ada.GetAsync("/gear/rulesets/new"), "#new-ruleset", ("Name", name));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, fault, name.Trim()), (made.Status, made.Find("#Name-error").TextContent.Trim(), made.Find("#Name").GetAttribute("value") ?? ""));
        Assert.Equal("true", made.Find("#Name").GetAttribute("aria-invalid"));
        await using var db = program.NewContext();
        Assert.Equal(1, await db.Set<Ruleset>().CountAsync(Stop));
    }

    [Fact]
    public async Task A_name_of_two_hundred_characters_is_good_and_stands_there_whole()
    {
        await using var program = await TestProgram.StartAsync();
        var ada = await program.SignedInAsync();
        var name = string.Concat(Enumerable.Repeat("Ünübersehbar ", 15)) + "12345";

        var renamed = await ada.SubmitAsync(await ada.GetAsync("/gear/ruleset/name"), "#rename", ("Name", name));

        Assert.Equal(200, name.Length);
        Assert.Equal(name, renamed.Ruleset());
    }

    [Fact]
    public async Task Its_administrator_renames_a_ruleset_and_everybody_sees_it_at_once()
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        var ada = await program.SignedInAsync();

        await ada.SubmitAsync(await ada.GetAsync("/gear/ruleset/name"), "#rename", ("Name", "DEFAULT"));
        var renamed = await ada.SubmitAsync(await ada.GetAsync("/gear/ruleset/name"), "#rename", ("Name", "Contoso"));

        Assert.Equal("Contoso", renamed.Ruleset());
        Assert.Equal("Contoso", (await vera.GetAsync("/overview")).Ruleset());
        Assert.Equal(["name: DEFAULT → Contoso", "name: Default → DEFAULT"], (await program.ReadAuditAsync()).Where(e => e.Action == AuditAction.RulesetRenamed).Select(e => e.Details));
        Assert.Empty((await vera.GetAsync("/gear/ruleset/name")).Document.QuerySelectorAll("main button"));
    }

    [Fact]
    public async Task Nobody_else_makes_one_not_even_who_administers_another()
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        var fabrikam = await program.AddRulesetAsync("Fabrikam");
        await program.SetRoleAsync(fabrikam, TestProgram.ViewerEmail, MemberRole.Administrator);

        foreach (var ruleset in (Guid[])[fabrikam, Ruleset.DefaultId])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync("/gear/rulesets/new".In(ruleset))).Status);
            Assert.Empty((await vera.GetAsync("/gear/rulesets".In(ruleset))).Document.QuerySelectorAll("main a.primary"));
        }

        var rename = await vera.GetAsync("/gear/ruleset/name".In(fabrikam));
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", rename.Find("#rename input[name=__RequestVerificationToken]").GetAttribute("value")!), KeyValuePair.Create("Name", "Mine")]);
        using var answer = await vera.Http.PostAsync(new Uri("/gear/rulesets/new".In(fabrikam), UriKind.Relative), form, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(await program.FindRulesetAsync("Mine"));
    }

    [Fact]
    public async Task The_list_shows_only_ones_own_rulesets_by_name_and_is_searched_and_paged()
    {
        await using var program = await TestProgram.StartAsync();
        var (ada, vera) = (await program.SignedInAsync(), await program.SignedInViewerAsync());
        // More than are sorted in one go, and some of others.
        await SeedAsync(program, 260, await program.UserIdAsync(TestProgram.AdminEmail));
        await SeedAsync(program, 1, member: null, name: "Somebody else's");

        var names = new List<string>();
        var pages = 0;
        for (string? address = "/gear/rulesets"; address is not null; pages++)
        {
            var page = await ada.GetAsync(address);
            names.AddRange(page.Document.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
            address = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal((14, 261), (pages, names.Count));
        Assert.Equal(names.Distinct().Order(StringComparer.OrdinalIgnoreCase), names);
        var found = await ada.GetAsync("/gear/rulesets?search=SATION+025");
        Assert.Equal(["Organisation 0250", "Organisation 0251", "Organisation 0252", "Organisation 0253", "Organisation 0254", "Organisation 0255", "Organisation 0256", "Organisation 0257", "Organisation 0258", "Organisation 0259"], found.Document.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
        Assert.Contains("None of that name", (await ada.GetAsync("/gear/rulesets?search=somebody")).Text, StringComparison.Ordinal);
        Assert.Contains("None of that name", (await ada.GetAsync("/gear/rulesets?search=%25")).Text, StringComparison.Ordinal);
        Assert.Equal(["Default"], (await vera.GetAsync("/gear/rulesets")).Document.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
    }

    [Fact]
    public async Task With_ten_thousand_rulesets_the_top_bar_names_eight_and_finds_the_others()
    {
        await using var program = await TestProgram.StartAsync();
        await SeedAsync(program, 10_000, await program.UserIdAsync(TestProgram.AdminEmail));
        var ada = await program.SignedInAsync();

        var page = await ada.GetAsync("/overview");
        var found = await ada.GetAsync($"/gear/rulesets?search=9876&ruleset={Ruleset.DefaultId}");
        var opened = await ada.GetAsync(found.Find("tbody th a").GetAttribute("href")!);

        Assert.Equal(8, page.Document.QuerySelectorAll(".ruleset-switch li").Length);
        Assert.NotNull(page.Document.QuerySelector(".ruleset-switch form[action='/gear/rulesets'] input[type=search]"));
        Assert.Equal("Organisation 9876", opened.Ruleset());
        // The one that is open stands among them, though by name it is far down.
        Assert.Equal("Organisation 9876", opened.Find(".ruleset-switch [aria-current]").TextContent);
    }

    private static async Task SeedAsync(TestProgram program, int count, Guid? member, string? name = null)
    {
        await using var db = program.NewContext();
        var made = Enumerable.Range(0, count).Select(i => new Ruleset { Id = Guid.NewGuid(), Name = name ?? $"Organisation {i:0000}", CreatedAt = TimeProvider.System.GetUtcNow() }).ToList();
        db.AddRange(made);
        await db.SaveChangesAsync(Stop);
        if (member is { } user)
        {
            db.AddRange(made.Select(r => new RulesetMember { RulesetId = r.Id, UserId = user, Role = MemberRole.Administrator }));
            await db.SaveChangesAsync(Stop);
        }
    }
}
