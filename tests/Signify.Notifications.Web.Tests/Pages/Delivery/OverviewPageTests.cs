using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class OverviewPageTests(SeededProgram seeded) : IClassFixture<SeededProgram>
{
    [Fact]
    public async Task The_numbers_of_the_page_are_those_of_the_rows()
    {
        var page = await (await seeded.Program.SignedInAsync()).GetAsync("/overview");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("686", page.Find("#numbers").TextContent, StringComparison.Ordinal);
        Assert.Contains("180 of them paused", page.Find("#numbers").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 in doubt", page.Find("#numbers").TextContent, StringComparison.Ordinal);
        Assert.Contains("November payslips", page.Find("#mailings").TextContent, StringComparison.Ordinal);
        Assert.Contains("1,081 of 1,499", page.Find("#mailings").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_has_a_name_and_a_table_with_the_same_numbers()
    {
        var page = await (await seeded.Program.SignedInAsync()).GetAsync("/overview");

        var svg = page.Find(".day-chart svg[role=img]");
        Assert.All(svg.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.NotNull(page.Document.GetElementById(id)));
        var rows = page.Document.QuerySelectorAll(".day-chart tbody tr");
        Assert.Equal(25, rows.Length);
        Assert.Contains(rows, row => row.Children[1].TextContent == "1,500");
        Assert.Contains("1,500", svg.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holding_asks_first_then_tells_who_holds_and_resuming_lifts_it()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var question = await ada.GetAsync((await ada.GetAsync("/overview")).Find("#hold").GetAttribute("href")!);
        var held = await ada.SubmitAsync(question, "[data-confirmation] button");

        Assert.Equal("/overview", held.Address.AbsolutePath);
        Assert.Contains($"Held by {TestProgram.AdminEmail}", held.Find("#status-line").TextContent, StringComparison.Ordinal);

        var resumed = await ada.SubmitAsync(held, "#resume");

        Assert.DoesNotContain("Held by", resumed.Text, StringComparison.Ordinal);
        Assert.Null(resumed.Document.QuerySelector("#resume"));
    }

    [Fact]
    public async Task With_nothing_handed_in_the_page_says_what_a_mailing_is_and_where_to_begin()
    {
        await using var program = await SeededProgram.EmptyAsync();

        var page = await (await program.SignedInAsync()).GetAsync("/overview");

        Assert.Contains("Waiting for setup", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#status-line a[href='/gear/ruleset/notifications']"));
        Assert.Contains("No mailing yet", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_page_is_the_settings_until_something_sends()
    {
        await using var program = await SeededProgram.EmptyAsync();

        var page = await (await program.SignedInAsync()).GetAsync("/");

        Assert.Equal("/gear/ruleset/notifications", page.Address.AbsolutePath);
    }
}
