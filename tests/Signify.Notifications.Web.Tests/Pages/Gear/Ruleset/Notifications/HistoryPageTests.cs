using System.Net;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>History: who, when, what changed, and the way back.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class HistoryPageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Address = SettingsScreen.Address + "/history";

    [Fact]
    public async Task It_lists_what_changed_with_secrets_as_fingerprints_and_brings_an_old_revision_back_secrets_included()
    {
        var (granted, other) = (sandbox.Scenario("all-granted"), sandbox.Scenario("graph-only"));
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(granted, ("fromName", "The old one")));
        var old = (await screen.StoredAsync()).Active!;
        await screen.SaveToTheEndAsync(SettingsScreen.Values(other, ("fromName", "The new one")));
        var newer = (await screen.StoredAsync()).Active!;

        var history = await screen.Browser.GetAsync(Address);
        var changes = history.Document.QuerySelectorAll($"#revision-{newer.Number} tbody tr").Select(row => string.Join(" | ", row.Children.Select(c => c.TextContent.Trim()))).ToList();
        await screen.Browser.SubmitAsync(history, $"#revision-{old.Number} form button");
        await screen.SettledAsync();

        Assert.Contains("From Name | The old one | The new one", changes);
        Assert.Contains($"Client Secret | fingerprint {old.ClientSecret!.Fingerprint} | fingerprint {newer.ClientSecret!.Fingerprint}", changes);
        Assert.Contains(Hosting.TestProgram.AdminEmail, history.Find($"#revision-{newer.Number} .help").TextContent, StringComparison.Ordinal);
        SecretSpellings.AssertNowhere(granted.ClientSecret, history);
        SecretSpellings.AssertNowhere(other.ClientSecret, history);
        var now = (await screen.StoredAsync()).Active!;
        Assert.Equal((newer.Number + 1, old.Number, "The old one", granted.ClientId), (now.Number, now.RestoredFrom!.Value, now.FromName, now.ClientId));
        Assert.Equal(granted.ClientSecret, screen.StoredSecret(now));
        var after = await screen.Browser.GetAsync(Address);
        Assert.Contains($"brings back revision {old.Number}", after.Find($"#revision-{now.Number} .help").TextContent, StringComparison.Ordinal);
        Assert.Empty(after.Document.QuerySelectorAll($"#revision-{now.Number} form"));
    }

    [Fact]
    public async Task A_way_back_that_does_not_pass_stays_a_draft()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("secret-expired")));
        var bad = (await screen.StoredAsync()).Draft!;
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var good = (await screen.StoredAsync()).Active!;

        await screen.Browser.SubmitAsync(await screen.Browser.GetAsync(Address), $"#revision-{bad.Number} form button");
        await screen.SettledAsync();

        var now = await screen.StoredAsync();
        Assert.Equal(good.Number, now.Active!.Number);
        Assert.Equal((good.Number + 1, RevisionState.Draft), (now.Draft!.Number, now.Draft.State));
    }

    [Theory]
    [InlineData("99999")]
    [InlineData("-1")]
    [InlineData("banana")]
    [InlineData("")]
    public async Task A_revision_that_there_never_was_is_not_found(string number)
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var before = (await screen.StoredAsync()).NewestNumber;

        var page = await screen.Browser.SubmitAsync(await screen.Browser.GetAsync(Address), ".revision form", ("number", number));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(before, (await screen.StoredAsync()).NewestNumber);
    }

    [Theory]
    [InlineData("banana")]
    [InlineData("-5")]
    [InlineData("99999999999999")]
    public async Task A_number_of_rows_that_makes_no_sense_still_opens(string most)
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        Assert.Equal(HttpStatusCode.OK, (await screen.Browser.GetAsync($"{Address}?most={most}")).Status);
    }

    [Fact]
    public async Task A_viewer_sees_history_and_settings_and_can_change_neither()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("all-granted")));
        var page = await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario("secret-expired")));
        var history = await screen.Browser.GetAsync(Address);
        var viewer = await sandbox.Program.SignedInViewerAsync();
        var before = (await screen.StoredAsync()).NewestNumber;

        var seen = await viewer.GetAsync(SettingsScreen.Address);
        var seenHistory = await viewer.GetAsync(Address);

        Assert.Equal(sandbox.Scenario("secret-expired").ClientId, seen.Find("#clientId").GetAttribute("value"));
        Assert.True(seen.Find("#settings > fieldset").HasAttribute("disabled"));
        Assert.NotEmpty(seen.Document.QuerySelectorAll("#check .finding"));
        Assert.Empty(seen.Document.QuerySelectorAll("main button[type=submit]"));
        Assert.NotEmpty(seenHistory.Document.QuerySelectorAll(".revision"));
        Assert.Empty(seenHistory.Document.QuerySelectorAll(".revision form"));
        var token = (await viewer.GetAsync("/account/profile")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var (form, from) in (IEnumerable<(string, Hosting.BrowserPage)>)[("#settings", page), ("[data-check-again]", page), ("[data-test-message]", page), (".revision form", history)])
        {
            var answer = await viewer.SubmitAsync(from, form, ("__RequestVerificationToken", token), ("to", "anna@contoso.com"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        Assert.Equal(before, (await screen.StoredAsync()).NewestNumber);
    }
}
