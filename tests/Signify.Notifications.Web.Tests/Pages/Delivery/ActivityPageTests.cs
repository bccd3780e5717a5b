using System.Net;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ActivityPageTests(SeededProgram seeded) : IClassFixture<SeededProgram>
{
    [Fact]
    public async Task The_beginning_of_an_address_finds_its_people()
    {
        var page = await (await seeded.Program.SignedInAsync()).GetAsync("/activity?to=dimitri.eklund");

        var found = page.Document.QuerySelectorAll("tbody th a").Select(a => a.TextContent).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, to => Assert.StartsWith("dimitri.eklund", to, StringComparison.Ordinal));
        Assert.Equal("dimitri.eklund", page.Find("#to").GetAttribute("value"));
    }

    [Fact]
    public async Task Older_keeps_what_is_searched_for()
    {
        var ada = await seeded.Program.SignedInAsync();
        var first = await ada.GetAsync($"/activity?state=sent&mailing={seeded.Seed.Payslips.Id}");

        var second = await ada.GetAsync(first.Find("a[rel=next]").GetAttribute("href")!);

        Assert.Equal("sent", second.Find("#state option[selected]").GetAttribute("value"));
        Assert.Empty(Links(first).Intersect(Links(second)));
        Assert.All(second.Document.QuerySelectorAll("tbody tr"), row => Assert.Contains("Sent", row.TextContent, StringComparison.Ordinal));
        Assert.Equal(Links(first), Links(await ada.GetAsync(second.Find("a[rel=prev]").GetAttribute("href")!)));
    }

    [Theory]
    [InlineData("/activity?to=nobody@nowhere.example", "None found")]
    [InlineData("/activity?from=2001-01-01&until=2001-01-02", "None found")]
    [InlineData("/activity?from=rubbish&state=rubbish", "November")]
    public async Task What_is_not_found_and_what_makes_no_sense_are_pages_too(string address, string says)
    {
        var page = await (await seeded.Program.SignedInAsync()).GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(says == "November" ? page.Document.QuerySelectorAll("tbody tr").Length > 0 : page.Text.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_place_that_no_page_gave_is_not_found()
    {
        var ada = await seeded.Program.SignedInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync("/activity?after=rubbish")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync("/mailings?after=rubbish")).Status);
    }

    [Fact]
    public async Task A_notification_shows_every_attempt_with_the_servers_words_and_what_its_recipient_reads()
    {
        var ada = await seeded.Program.SignedInAsync();

        var page = await ada.GetAsync($"/activity/{seeded.Seed.Failed.Id}");
        var html = await ada.GetAsync(page.Find("iframe.message-frame").GetAttribute("src")!);

        Assert.Equal(2, page.Document.QuerySelectorAll(".attempt").Length);
        Assert.Contains("451 4.7.500 Server busy", page.Text, StringComparison.Ordinal);
        Assert.Contains("recipient-rejected", page.Text, StringComparison.Ordinal);
        Assert.Contains($"{seeded.Seed.Failed.Id}.x7k2m9@contoso.com", page.Find("#message-id").TextContent, StringComparison.Ordinal);
        Assert.Contains($"Dear {seeded.Seed.Failed.ToName!.Split(' ')[0]},", html.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_doubt_is_settled_by_a_person()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ids = new List<long>();
        await using (var db = await SeededProgram.OpenAsync(program))
        {
            var seed = new DeliverySeed(db, TimeProvider.System.GetUtcNow());
            foreach (var name in (string[])["one", "two"])
            {
                var mailing = await seed.MailingAsync(name, MailingState.Active, TimeSpan.FromHours(1), [(NotificationState.InDoubt, 1)]);
                ids.Add((await seed.FirstAsync(mailing, NotificationState.InDoubt)).Id);
            }
        }

        var ada = await program.SignedInAsync();
        var arrived = await ada.SubmitAsync(await ada.GetAsync($"/activity/{ids[0]}"), "#arrived");
        var again = await ada.SubmitAsync(await ada.GetAsync($"/activity/{ids[1]}"), "#send-again");

        Assert.Contains("Sent", arrived.Find("#notification-status").TextContent, StringComparison.Ordinal);
        Assert.Contains("Waits", again.Find("#notification-status").TextContent, StringComparison.Ordinal);
        Assert.Null(again.Document.QuerySelector("#arrived"));
    }

    [Fact]
    public async Task Resending_what_was_sent_asks_first_and_leads_to_the_copy()
    {
        var ada = await seeded.Program.SignedInAsync();
        var question = await ada.GetAsync((await ada.GetAsync($"/activity/{seeded.Seed.Sent.Id}")).Find("#resend").GetAttribute("href")!);

        var copy = await ada.SubmitAsync(question, "[data-confirmation] button");

        Assert.Contains("second copy", question.Text, StringComparison.Ordinal);
        Assert.NotEqual($"/activity/{seeded.Seed.Sent.Id}", copy.Address.AbsolutePath);
        Assert.Contains("Waits", copy.Find("#notification-status").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_wrote_is_text_on_every_page()
    {
        const string Evil = "<img src=x onerror=alert(1)><script>alert(1)</script>";
        await using var program = await SeededProgram.EmptyAsync();
        long mailing, notification;
        await using (var db = await SeededProgram.OpenAsync(program))
        {
            var seed = new DeliverySeed(db, TimeProvider.System.GetUtcNow());
            var bad = await seed.MailingAsync(Evil, MailingState.Active, TimeSpan.FromHours(1), [(NotificationState.Failed, 1)], Evil, Evil, $"<p>{Evil}</p>");
            var row = await seed.FirstAsync(bad, NotificationState.Failed);
            db.Add(new Attempt { NotificationId = row.Id, Number = 1, StartedAt = row.AcceptedAt, EndedAt = row.AcceptedAt, Route = Notifications.Settings.Route.Smtp, Outcome = AttemptOutcome.Failed, Words = Evil });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            (mailing, notification) = (bad.Id, row.Id);
        }

        var ada = await program.SignedInAsync();
        foreach (var address in (string[])["/overview", "/mailings", $"/mailings/{mailing}", $"/mailings/{mailing}/cancel", $"/activity?mailing={mailing}", $"/activity?to={Uri.EscapeDataString(Evil)}", $"/activity/{notification}"])
        {
            var page = await ada.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Empty(page.Document.QuerySelectorAll("img, script:not([src]), [onerror]"));
        }
    }

    private static List<string> Links(BrowserPage page) => [.. page.Document.QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")!)];
}
