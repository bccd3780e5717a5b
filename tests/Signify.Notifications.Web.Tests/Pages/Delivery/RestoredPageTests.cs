using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

/// <summary>What an administrator finds after the operator has restored a backup.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RestoredPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_overview_says_of_what_time_the_copy_is_and_resuming_asks_how_many_would_go()
    {
        await using var program = await RestoredAsync();
        var ada = await program.SignedInAsync();

        var page = await ada.GetAsync("/overview");

        Assert.Equal("Sending is held: this is a backup, restored", page.Find("#held-title").TextContent);
        Assert.Contains("Restored from a copy of 23 November 2026, 11:30:05 UTC. What was sent after that time stands as waiting here", page.Find("#held").TextContent, StringComparison.Ordinal);
        Assert.Contains("would be sent twice, so nothing is sent until it is resumed", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#held a[href='/activity?state=waiting']"));
        // No button that resumes at once.
        Assert.Empty(page.Document.QuerySelectorAll("#held form"));

        var question = await ada.GetAsync(page.Find("#resume").GetAttribute("href")!);
        Assert.Contains("506 notifications go out, each when its time has come. 180 stay paused.", question.Text, StringComparison.Ordinal);
        Assert.Contains("Whoever got one of them already gets it a second time.", question.Text, StringComparison.Ordinal);
        var resumed = await ada.SubmitAsync(question, "[data-confirmation] button");

        Assert.Equal("/overview", resumed.Address.AbsolutePath);
        Assert.Empty(resumed.Document.QuerySelectorAll("#held-title"));
        var log = (await ada.GetAsync("/gear/system/auditlog")).Text;
        Assert.Contains("the hold was: Restored", log, StringComparison.Ordinal);
        Assert.Contains("a copy of 23 November 2026, 11:30:05 UTC", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_sees_it_and_cannot_resume()
    {
        await using var program = await RestoredAsync();
        var vera = await program.SignedInViewerAsync();

        var page = await vera.GetAsync("/overview");

        Assert.Equal("Sending is held: this is a backup, restored", page.Find("#held-title").TextContent);
        Assert.Empty(page.Document.QuerySelectorAll("#resume"));
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync("/overview/resume")).Status);
    }

    private static async Task<TestProgram> RestoredAsync()
    {
        var program = await SeededProgram.EmptyAsync();
        await using var db = await SeededProgram.OpenAsync(program);
        await DeliverySeed.AddAsync(db, TimeProvider.System.GetUtcNow());
        await program.Services.GetRequiredService<RestoredHold>().HoldAsync(new DateTimeOffset(2026, 11, 23, 11, 30, 5, TimeSpan.Zero), Ct);
        return program;
    }
}
