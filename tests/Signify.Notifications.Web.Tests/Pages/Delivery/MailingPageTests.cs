using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Signify.Notifications.Delivery;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class MailingPageTests(SeededProgram seeded) : IClassFixture<SeededProgram>
{
    [Fact]
    public async Task A_list_shows_each_state_in_words_with_its_honest_counts()
    {
        var page = await (await seeded.Program.SignedInAsync()).GetAsync("/mailings");

        var rows = page.Document.QuerySelectorAll("tbody tr").ToDictionary(r => r.QuerySelector("th a")!.TextContent, r => r.TextContent);
        Assert.Contains("1,081 of 1,499", rows["November payslips"], StringComparison.Ordinal);
        Assert.Contains("Paused", rows["Travel policy, second edition"], StringComparison.Ordinal);
        Assert.Contains("Scheduled", rows["Town hall on Thursday"], StringComparison.Ordinal);
        Assert.Contains("All sent", rows["Performance review opens"], StringComparison.Ordinal);
        Assert.Contains("1 in doubt", rows["Welcome, new joiners"], StringComparison.Ordinal);
        Assert.Contains("9 failed", rows["Benefits enrolment"], StringComparison.Ordinal);
        Assert.Contains("Cancelled", rows["Old address book"], StringComparison.Ordinal);
        Assert.DoesNotContain("One by one", page.Text, StringComparison.Ordinal);
    }

    /// <summary>Nothing is sent, so no page says that something is being sent, or when it is done.</summary>
    [Fact]
    public async Task Without_settings_a_mailing_waits_for_setup_and_promises_no_time()
    {
        var browser = await seeded.Program.SignedInAsync();

        var page = await browser.GetAsync($"/mailings/{seeded.Seed.Payslips.Id}");
        var list = await browser.GetAsync("/mailings");

        Assert.Contains("Waiting for setup", page.Find("#mailing-status").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#mailing-status a[href='/gear/ruleset/notifications']"));
        Assert.Equal("Waiting for setup", page.Find("#mailing-badge").TextContent.Trim());
        Assert.DoesNotContain("done about", page.Find("#progress").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Waiting for setup", list.Document.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("November payslips", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_settings_the_same_mailing_is_being_sent()
    {
        await using var program = await SeededProgram.EmptyAsync();
        await program.AddActiveSettingsAsync();
        await using var db = await SeededProgram.OpenAsync(program);
        var seed = await DeliverySeed.AddAsync(db, TimeProvider.System.GetUtcNow());

        var page = await (await program.SignedInAsync()).GetAsync($"/mailings/{seed.Payslips.Id}");

        Assert.Equal("Sending", page.Find("#mailing-badge").TextContent.Trim());
        Assert.DoesNotContain("Waiting for setup", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_pages_follow_by_key_and_newer_ones_lead_back()
    {
        await using var program = await SeededProgram.EmptyAsync();
        await using (var db = await SeededProgram.OpenAsync(program))
        {
            var seed = new DeliverySeed(db, TimeProvider.System.GetUtcNow());
            for (var i = 1; i <= 60; i++)
            {
                await seed.MailingAsync($"Mailing {i:00}", MailingState.Active, TimeSpan.FromHours(1), [(NotificationState.Sent, 1)]);
            }
        }

        var ada = await program.SignedInAsync();
        var (first, seen) = (await ada.GetAsync("/mailings"), new List<string>());
        var page = first;
        for (var more = true; more;)
        {
            seen.AddRange(Names(page));
            var older = page.Document.QuerySelector("a[rel=next]");
            more = older is not null;
            page = more ? await ada.GetAsync(older!.GetAttribute("href")!) : page;
        }

        Assert.Equal(Enumerable.Range(1, 60).Reverse().Select(i => $"Mailing {i:00}"), seen);
        var back = await ada.GetAsync(page.Find("a[rel=prev]").GetAttribute("href")!);
        Assert.Equal("Mailing 35", Names(back)[0]);
    }

    [Fact]
    public async Task A_mailing_is_paused_and_resumed_by_its_buttons_alone()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var mailing = await WaitingAsync(program);
        var ada = await program.SignedInAsync();

        var paused = await ada.SubmitAsync(await ada.GetAsync("/mailings"), $"#pause-{mailing.Id}");

        Assert.Equal("/mailings", paused.Address.AbsolutePath);
        Assert.Contains("Paused", paused.Find("tbody tr").TextContent, StringComparison.Ordinal);

        var resumed = await ada.SubmitAsync(await ada.GetAsync($"/mailings/{mailing.Id}"), "#resume");

        Assert.Equal($"/mailings/{mailing.Id}", resumed.Address.AbsolutePath);
        Assert.NotNull(resumed.Document.QuerySelector("#pause"));
    }

    [Fact]
    public async Task Cancelling_asks_with_the_numbers_and_then_cancels()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var mailing = await WaitingAsync(program);
        var ada = await program.SignedInAsync();

        var question = await ada.GetAsync((await ada.GetAsync($"/mailings/{mailing.Id}")).Find("#cancel").GetAttribute("href")!);

        Assert.Contains("20 notifications are still to go", question.Text, StringComparison.Ordinal);

        var cancelled = await ada.SubmitAsync(question, "[data-confirmation] button");

        Assert.Contains("ancelled", cancelled.Find("#mailing-badge").TextContent, StringComparison.Ordinal);
        Assert.Null(cancelled.Document.QuerySelector("#pause"));
    }

    [Fact]
    public async Task A_control_that_is_no_longer_possible_says_why()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var mailing = await WaitingAsync(program);
        var ada = await program.SignedInAsync();
        var stale = await ada.GetAsync("/mailings");
        await ada.SubmitAsync(await ada.GetAsync($"/mailings/{mailing.Id}/cancel"), "[data-confirmation] button");

        var refused = await ada.SubmitAsync(stale, $"#pause-{mailing.Id}");

        Assert.NotEmpty(refused.Find(".notice.warn[role=alert]").TextContent.Trim());
    }

    [Fact]
    public async Task Deleting_leads_to_the_list_without_it()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var mailing = await WaitingAsync(program);
        var ada = await program.SignedInAsync();

        var list = await ada.SubmitAsync(await ada.GetAsync($"/mailings/{mailing.Id}/delete"), "[data-confirmation] button");

        Assert.Equal("/mailings", list.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync($"/mailings/{mailing.Id}")).Status);
    }

    [Fact]
    public async Task The_counts_lead_into_activity_with_exactly_those()
    {
        var ada = await seeded.Program.SignedInAsync();
        var page = await ada.GetAsync($"/mailings/{seeded.Seed.Payslips.Id}");

        var failed = await ada.GetAsync(page.Document.QuerySelectorAll(".counts a").Single(a => a.GetAttribute("href")!.Contains("failed", StringComparison.Ordinal)).GetAttribute("href")!);

        Assert.Equal(2, failed.Document.QuerySelectorAll("tbody tr").Length);
        Assert.All(failed.Document.QuerySelectorAll("tbody tr"), row => Assert.Contains("Failed", row.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_html_is_framed_from_an_answer_that_lets_nothing_run()
    {
        var ada = await seeded.Program.SignedInAsync();
        var page = await ada.GetAsync($"/mailings/{seeded.Seed.Payslips.Id}");
        var frame = page.Find("iframe.message-frame");

        var html = await ada.GetAsync(frame.GetAttribute("src")!);

        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Contains("{{first_name}}", html.Html, StringComparison.Ordinal);
        var csp = string.Join(' ', html.Response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", csp, StringComparison.Ordinal);
        Assert.Contains("sandbox", csp, StringComparison.Ordinal);
        Assert.DoesNotContain("script", csp, StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", Assert.Single(html.Response.Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task Another_rulesets_mailing_is_not_there()
    {
        await using var program = await SeededProgram.EmptyAsync();
        long mailing, notification;
        await using (var db = await SeededProgram.OpenAsync(program))
        {
            var other = new Ruleset { Id = Guid.NewGuid(), Name = "Fabrikam", CreatedAt = TimeProvider.System.GetUtcNow() };
            var mailbox = new Mailbox { RulesetId = other.Id };
            db.AddRange(other, mailbox);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            var seed = new DeliverySeed(db, TimeProvider.System.GetUtcNow(), mailbox.Id);
            var theirs = await seed.MailingAsync("Theirs", MailingState.Active, TimeSpan.FromHours(1), [(NotificationState.Queued, 3)], html: "<p>secret of Fabrikam</p>");
            (mailing, notification) = (theirs.Id, (await seed.FirstAsync(theirs, NotificationState.Queued)).Id);
        }

        var ada = await program.SignedInAsync();
        foreach (var address in (string[])[$"/mailings/{mailing}", $"/mailings/{mailing}/html", $"/mailings/{mailing}/cancel", $"/mailings/{mailing}/delete", $"/activity/{notification}", $"/activity/{notification}/html", $"/activity/{notification}/resend", $"/activity?mailing={mailing}"])
        {
            Assert.True((await ada.GetAsync(address)).Status == HttpStatusCode.NotFound, $"{address} opened another ruleset.");
        }

        var token = (await ada.GetAsync("/overview/hold")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var address in (string[])[$"/mailings/{mailing}?handler=Pause", $"/mailings/{mailing}/cancel", $"/mailings/{mailing}/delete", $"/activity/{notification}?handler=Cancel", $"/activity/{notification}/resend"])
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
            using var answer = await ada.Http.PostAsync(new Uri(QueryHelpers.AddQueryString(address, "ruleset", $"{Ruleset.DefaultId}"), UriKind.Relative), form, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"POST {address} reached another ruleset.");
        }

        Assert.DoesNotContain("Theirs", (await ada.GetAsync("/mailings")).Text + (await ada.GetAsync("/overview")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing handed in yet", (await ada.GetAsync("/activity")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_sees_all_of_it_and_no_button()
    {
        var vera = await seeded.Program.SignedInViewerAsync();

        foreach (var address in (string[])["/overview", "/mailings", $"/mailings/{seeded.Seed.Payslips.Id}", $"/activity/{seeded.Seed.InDoubt.Id}", "/gear/ruleset/retention"])
        {
            var page = await vera.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Empty(page.Document.QuerySelectorAll("main form[method=post i] button, main a[data-confirm], main a[href='/mailings/new']"));
        }

        foreach (var address in (string[])["/mailings/new", "/overview/hold", $"/mailings/{seeded.Seed.Payslips.Id}/cancel", $"/activity/{seeded.Seed.Failed.Id}/resend"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync(address)).Status);
        }
    }

    private static List<string> Names(BrowserPage page) => [.. page.Document.QuerySelectorAll("tbody th a").Select(a => a.TextContent)];

    private static async Task<Mailing> WaitingAsync(TestProgram program)
    {
        await using var db = await SeededProgram.OpenAsync(program);
        return await new DeliverySeed(db, TimeProvider.System.GetUtcNow()).MailingAsync("Waiting", MailingState.Active, TimeSpan.FromMinutes(1), [(NotificationState.Sent, 5), (NotificationState.Queued, 20)]);
    }
}
