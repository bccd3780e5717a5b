using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>From a failed check to the commands, with a mouse and without script.</summary>
public sealed class RepairKitTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    [Theory]
    [InlineData(false, 1440)]
    [InlineData(true, 1440)]
    [InlineData(false, 360)]
    [InlineData(true, 360)]
    public async Task A_failed_check_leads_to_the_kit_and_both_can_be_looked_at(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        await ada.SaveStateAsync("service-principal-missing");
        var suffix = $"{(dark ? "dark" : "light")}-{width}";

        await ada.Page.TakeAsync($"settings-failed-{suffix}");
        await ada.Page.Locator(".finding .repair-links a").First.ClickAsync();
        await ada.Page.ArrivesAtAsync("/repair#smtp-mailbox-access");
        await ada.Page.TakeAsync($"repair-kit-{suffix}");
        await Assertions.Expect(ada.Page.Locator("#commands-smtp-mailbox-access")).ToContainTextAsync("New-ServicePrincipal");
        await ada.Page.GotoAsync("/gear/ruleset/notifications/guide");
        await ada.Page.TakeAsync($"guide-{suffix}");

        await Assertions.Expect(ada.Page.Locator("#progress-line")).ToHaveTextAsync("4 of 6 steps seen.");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task Without_script_the_files_are_there_all_the_same()
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { JavaScript = false });
        await ada.SaveStateAsync("service-principal-missing");
        await ada.Page.GotoAsync("/gear/ruleset/notifications/repair");

        var file = await ada.Page.RunAndWaitForDownloadAsync(() => ada.Page.GetByRole(AriaRole.Link, new() { Name = "Download all as .ps1" }).ClickAsync());

        Assert.Equal("signify-repair-kit.ps1", file.SuggestedFilename);
        await Assertions.Expect(ada.Page.Locator("[data-copy]").First).ToBeHiddenAsync();
    }
}
