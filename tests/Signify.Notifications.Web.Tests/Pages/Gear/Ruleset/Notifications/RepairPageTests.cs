using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>The repair kit, the guide and the files, as somebody meets them after a check against the sandbox.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RepairPageTests : IAsyncLifetime
{
    private const string Kit = SettingsScreen.Address + "/repair";

    private TestProgram _program = null!;
    private SettingsScreen _screen = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await TestProgram.StartAsync(SandboxProgram.SandboxSettings());
        _screen = await SettingsScreen.OpenAsync(_program);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task A_failed_check_leads_to_its_scripts_filled_in_with_the_Object_ID_of_the_token()
    {
        var state = State("service-principal-missing");

        var settings = await SaveAsync(state);
        var link = settings.Find(".finding .repair-links a");
        var kit = await _screen.Browser.GetAsync(link.GetAttribute("href")!);

        Assert.Equal("/gear/ruleset/notifications/repair#smtp-mailbox-access", link.GetAttribute("href"));
        Assert.Contains("The last check asks for it", kit.Find("#smtp-mailbox-access").TextContent, StringComparison.Ordinal);
        var commands = kit.Find("#commands-smtp-mailbox-access").TextContent;
        Assert.Contains($"$clientId = '{state.ClientId}'", commands, StringComparison.Ordinal);
        Assert.Matches("\\$objectId = '[0-9a-f-]{36}'", commands);
        Assert.Contains($"$mailbox = '{state.FromEmail}'", commands, StringComparison.Ordinal);
        Assert.Contains("/objectId/", kit.Find("#portal").InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_anything_is_saved_the_kit_says_what_to_fill_in()
    {
        var kit = await _screen.Browser.GetAsync(Kit);

        Assert.Contains("'<From Email>'", kit.Find("#commands-smtp-auth-for-mailbox").TextContent, StringComparison.Ordinal);
        Assert.Contains("smtp.office365.com", kit.Find("#network").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _screen.Browser.GetAsync(SettingsScreen.Address + "/report.txt")).Status);
    }

    [Fact]
    public async Task Every_link_within_the_kit_and_the_guide_leads_somewhere()
    {
        await SaveAsync(State("service-principal-missing"));
        var pages = new Dictionary<string, BrowserPage>();

        foreach (var address in (string[])[Kit, SettingsScreen.Address + "/guide", SettingsScreen.Address])
        {
            pages[address] = await _screen.Browser.GetAsync(address);
        }

        foreach (var (address, page) in pages)
        {
            foreach (var href in page.Document.QuerySelectorAll("main a[href]").Select(a => a.GetAttribute("href")!).Where(h => h.StartsWith('/') || h.StartsWith('#')))
            {
                var (path, fragment) = href.Split('#') is [var p, var f] ? (p.Length == 0 ? address : p, f) : (href, null);
                if (fragment is not null && pages.TryGetValue(path, out var target))
                {
                    Assert.True(target.Document.GetElementById(fragment) is not null, $"{address} links to {href}, and nothing is there.");
                }
                else
                {
                    Assert.Equal(HttpStatusCode.OK, (await _screen.Browser.GetAsync(href)).Status);
                }
            }
        }
    }

    [Theory]
    [InlineData("/repair.ps1", "signify-repair-kit.ps1", "Write-Host")]
    [InlineData("/network-note.md", "signify-network-note.md", "| HTTPS | yes |")]
    [InlineData("/report.txt", "signify-check-report.txt", "Dialogue with the mail server")]
    public async Task A_file_comes_as_a_download_without_the_secret(string path, string name, string holds)
    {
        var state = State("service-principal-missing");
        await SaveAsync(state);

        using var answer = await _screen.Browser.Http.GetAsync(new Uri(SettingsScreen.Address + path, UriKind.Relative), TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("attachment", name), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName));
        Assert.Contains(holds, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(path == "/repair.ps1", bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        SecretSpellings.AssertNowhere(state.ClientSecret, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task The_guide_counts_what_the_check_and_a_test_message_prove()
    {
        var before = await _screen.Browser.GetAsync(SettingsScreen.Address + "/guide");
        await SaveAsync(State("all-granted"));
        var checkedOnce = await _screen.Browser.GetAsync(SettingsScreen.Address + "/guide");
        await _screen.Browser.SubmitAsync(await _screen.ReadAsync(), "[data-test-message]", ("to", "anna@reader.example"));
        var tested = await _screen.Browser.GetAsync(SettingsScreen.Address + "/guide");

        Assert.StartsWith("None of the 6", before.Find("#progress-line").TextContent, StringComparison.Ordinal);
        Assert.Equal("5 of 6 steps seen.", checkedOnce.Find("#progress-line").TextContent);
        Assert.Equal("All 6 steps seen. Notifications can leave.", tested.Find("#progress-line").TextContent);
    }

    [Fact]
    public async Task A_refused_test_message_ticks_nothing_off()
    {
        var state = State("mailbox-without-licence") with { Route = "automatic" };
        await SaveAsync(state);
        await _screen.Browser.SubmitAsync(await _screen.ReadAsync(), "[data-test-message]", ("to", "anna@reader.example"));

        var guide = await _screen.Browser.GetAsync(SettingsScreen.Address + "/guide");

        Assert.DoesNotContain("a test message was accepted", guide.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_leads_to_the_note_for_the_network_team_which_names_the_port()
    {
        var state = State("port-587-blocked");

        var settings = await SaveAsync(state);
        var kit = await _screen.Browser.GetAsync(Kit);

        Assert.Contains(settings.Document.QuerySelectorAll(".finding .repair-links a"), a => a.GetAttribute("href") == Kit + "#network");
        Assert.Contains($"TCP {state.Port}", kit.Find("#network").TextContent, StringComparison.Ordinal);
    }

    private SandboxScenario State(string id) => _program.Services.GetRequiredService<SandboxHost>().Scenarios.Single(s => s.Id == id);

    private Task<BrowserPage> SaveAsync(SandboxScenario state) => _screen.SaveToTheEndAsync(SettingsScreen.Values(state));
}
