using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Settings;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>Health on the Overview, and who is told of what: with a secret that ends soon.</summary>
public sealed class HealthPagesTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    [Theory]
    [InlineData(false, 1440)]
    [InlineData(true, 1440)]
    [InlineData(false, 360)]
    [InlineData(true, 360)]
    public async Task The_end_of_the_secret_and_the_alerts_are_seen(bool dark, int width)
    {
        await EndSoonAsync();
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        var look = $"{(dark ? "dark" : "light")}-{width}";

        await ada.Page.GotoAsync("/overview");
        await Expect(ada.Page.Locator("#credential-ends")).ToContainTextAsync("The client secret ends in 12 days");
        await ada.Page.TakeAsync($"health-overview-{look}");
        Assert.Empty(await ada.Page.ViolationsAsync());

        await ada.Page.GotoAsync("/gear/ruleset/alerts");
        await ada.Page.GetByText("What it says").First.ClickAsync();
        await ada.Page.TakeAsync($"health-alerts-{look}");
        Assert.Empty(await ada.Page.ViolationsAsync());

        await ada.Page.GotoAsync("/gear/ruleset/notifications");
        await ada.Page.TakeAsync($"health-settings-{look}");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task A_wrong_address_is_said_at_its_field_and_a_right_one_is_kept()
    {
        await using var ada = await shared.SignedInAsync();
        var page = ada.Page;
        await page.GotoAsync("/gear/ruleset/alerts");

        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("https://192.168.0.1/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#WebhookUrl-error")).ToContainTextAsync("private network");
        await page.TakeAsync("health-alerts-refused");

        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("https://alerts.contoso.example/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Saved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test alert" }).ClickAsync();
        await Expect(page.Locator("#alerts")).ToContainTextAsync("Default: a test of the alerts");
        Assert.DoesNotContain(ada.Complaints, c => !c.Contains("422", StringComparison.Ordinal));
    }

    private async Task EndSoonAsync()
    {
        var options = new DbContextOptionsBuilder<SqliteNotificationsDbContext>().UseSqlite($"Data Source={Path.Combine(shared.Program.DataFolder, "notifications.db")}");
        await using var db = new SqliteNotificationsDbContext(options.Options);
        var end = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(12);
        await db.Set<SettingsRevision>().Where(r => r.State == RevisionState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.SecretExpiresOn, end), TestContext.Current.CancellationToken);
    }
}
