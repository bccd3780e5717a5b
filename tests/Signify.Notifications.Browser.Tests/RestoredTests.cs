using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence.Sqlite;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>After a restore: what stands on the Overview, and the question before sending goes on.</summary>
public sealed class RestoredTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task Resuming_asks_in_a_dialog_first(bool dark, int width)
    {
        await HoldAsync();
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        await ada.Page.GotoAsync("/overview");
        await ada.Page.TakeAsync($"overview-restored-{(dark ? "dark" : "light")}-{width}");
        Assert.Empty(await ada.Page.ViolationsAsync());
        Assert.Equal(0, await ada.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));

        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Resume sending" }).ClickAsync();
        var dialog = ada.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("gets it a second time");
        await ada.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"overview-resume-dialog-{width}.png") });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Resume sending" }).ClickAsync();

        await Expect(ada.Page.Locator("#status-line")).ToContainTextAsync("Sending over SMTP");
        Assert.Empty(ada.Complaints);
    }

    /// <summary>As the program does when it starts on a copy.</summary>
    private async Task HoldAsync()
    {
        var options = new DbContextOptionsBuilder<SqliteNotificationsDbContext>().UseSqlite($"Data Source={Path.Combine(shared.Program.DataFolder, "notifications.db")}");
        await using var db = new SqliteNotificationsDbContext(options.Options);
        var now = TimeProvider.System.GetUtcNow();
        await db.Set<Mailbox>().ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Hold, Hold.Restored).SetProperty(m => m.HeldAt, now)
            .SetProperty(m => m.HoldWords, "Restored from a copy of 23 November 2026, 11:30:05 UTC. What was sent after that time stands as waiting here, and what was handed in after it is missing.")
            .SetProperty(m => m.ControlVersion, m => m.ControlVersion + 1), TestContext.Current.CancellationToken);
    }
}
