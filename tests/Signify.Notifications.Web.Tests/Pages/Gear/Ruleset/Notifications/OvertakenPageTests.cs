using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>Two administrators with the form open at once lose nothing.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class OvertakenPageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    [Fact]
    public async Task The_second_is_told_what_changed_and_who_did_it_and_saves_again_over_it()
    {
        var scenario = sandbox.Scenario("all-granted");
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario));
        await sandbox.Program.AddUserAsync(screen.Browser, "bert@contoso.example", "Administrator");
        var bert = new SettingsScreen(sandbox.Program, await sandbox.Program.SignedInAsync("bert@contoso.example", Hosting.TestProgram.ViewerPassword));
        var opened = await bert.ReadAsync();
        await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario, ("timeoutSeconds", "45"), ("fromName", "Ada's")));
        var theirs = await screen.StoredAsync();

        var told = await bert.Browser.SubmitAsync(opened, "#settings", SettingsScreen.Values(scenario, ("fromName", "Bert's")));

        Assert.Equal(HttpStatusCode.Conflict, told.Status);
        Assert.Contains($"{Hosting.TestProgram.AdminEmail} saved revision {theirs.NewestNumber} while you were editing", told.Find("#overtaken-title").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [["Timeout", "30 s", "45 s"], ["From Name", "empty", "Ada's"]],
            told.Document.QuerySelectorAll(".changes tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToArray()));
        Assert.Equal("Bert's", told.Find("#fromName").GetAttribute("value"));
        Assert.Contains("set this to: Ada's", told.Find("#fromName-messages").TextContent, StringComparison.Ordinal);
        Assert.Contains("Enter the client secret again", told.Find("#clientSecret-messages").TextContent, StringComparison.Ordinal);
        SecretSpellings.AssertNowhere(scenario.ClientSecret, told);
        Assert.Equal(theirs.NewestNumber, (await screen.StoredAsync()).NewestNumber);

        await bert.Browser.SubmitAsync(told, "#settings");
        await bert.SettledAsync();

        var now = (await screen.StoredAsync()).Active!;
        Assert.Equal((theirs.NewestNumber + 1, "Bert's", "bert@contoso.example", TimeSpan.FromSeconds(30)), (now.Number, now.FromName, now.CreatedBy, now.Timeout));
        Assert.Equal(scenario.ClientSecret, screen.StoredSecret(now));
    }

    [Fact]
    public async Task A_third_Save_after_the_refusal_is_told_as_well()
    {
        var scenario = sandbox.Scenario("all-granted");
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario));
        var opened = await screen.ReadAsync();
        await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario, ("timeoutSeconds", "50")));
        var first = await screen.Browser.SubmitAsync(opened, "#settings", SettingsScreen.Values(scenario, ("port", "0")));
        await screen.SaveToTheEndAsync(SettingsScreen.Values(scenario, ("timeoutSeconds", "55")));

        var second = await screen.Browser.SubmitAsync(first, "#settings", SettingsScreen.Values(scenario));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict), (first.Status, second.Status));
        // Against what was open all the time, not against what the refused page happened to read.
        Assert.Equal(["30 s", "55 s"], second.Document.QuerySelectorAll(".changes tbody tr:first-child td").Select(cell => cell.TextContent.Trim()));
    }
}
