using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>With the key ring gone the program starts and the page opens, says what to enter again, and nothing else is lost.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class KeyRingLostTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("signify-test-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Entering_the_secret_again_mends_it_and_users_and_history_are_intact()
    {
        string fingerprint;
        await using (var before = await StartAsync())
        {
            var screen = await SettingsScreen.OpenAsync(before);
            await screen.SaveToTheEndAsync(SettingsScreen.Values(Granted(before), ("fromName", "HR")));
            fingerprint = (await screen.StoredAsync()).Active!.ClientSecret!.Fingerprint;
            await before.SignedInViewerAsync();
        }

        await TestProgram.LoseKeysAsync(_data.FullName);
        await using var program = await StartAsync();
        var after = await SettingsScreen.OpenAsync(program);

        await AssertNamedAsync(after);
        await AssertMendedAsync(program, after);
        var history = await after.Browser.GetAsync(SettingsScreen.Address + "/history");
        Assert.Contains(fingerprint, history.Html, StringComparison.Ordinal);
        await program.SignedInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(ApiCalls.Settings)).Status);
    }

    private static async Task AssertNamedAsync(SettingsScreen screen)
    {
        var page = await screen.ReadAsync();
        var empty = await screen.SaveAsync();
        var again = await screen.Browser.SubmitAsync(await screen.ReadAsync(), "[data-check-again]");
        var test = await screen.Browser.SubmitAsync(await screen.ReadAsync(), "[data-test-message]", ("to", "anna@reader.example"));

        Assert.Equal("#clientSecret", page.Find("#status-line a").GetAttribute("href"));
        Assert.Contains("Enter Client Secret again", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#clientSecret").GetAttribute("aria-invalid"));
        Assert.Equal("HR", page.Find("#fromName").GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Equal(["#clientSecret"], empty.Document.QuerySelectorAll("#problems a").Select(a => a.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Contains("cannot be read", test.Find("#test-result").TextContent, StringComparison.Ordinal);
    }

    private static async Task AssertMendedAsync(TestProgram program, SettingsScreen screen)
    {
        await screen.SettledAsync();
        var page = await screen.SaveToTheEndAsync(("clientSecret", Granted(program).ClientSecret), ("port", $"{Granted(program).Port}"));

        Assert.StartsWith("Sending with revision 2, validated", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        var now = await screen.StoredAsync();
        Assert.Equal((2, RevisionState.Active, "HR"), (now.Active!.Number, now.Active.State, now.Active.FromName));
    }

    private static SandboxScenario Granted(TestProgram program) =>
        program.Services.GetRequiredService<SandboxHost>().Scenarios.Single(s => s.Id == "all-granted");

    private Task<TestProgram> StartAsync() => TestProgram.StartAsync(new TestProgramOptions
    {
        DataDirectory = _data.FullName,
        Settings = SandboxProgram.SandboxSettings().ToDictionary(s => s.Item1, s => s.Item2),
    });
}
