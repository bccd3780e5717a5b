using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Checks;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>The page while a check runs: it looks again by itself, rows come live, and leaving stops nothing.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RunningCheckPageTests : IAsyncLifetime
{
    private static readonly Uri Progress = new(SettingsScreen.Address + "?handler=Progress", UriKind.Relative);

    private readonly GatedTokens _tokens = new();
    private TestProgram _program = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SandboxScenario Granted => _program.Services.GetRequiredService<SandboxHost>().Scenarios.Single(s => s.Id == "all-granted");

    public async ValueTask InitializeAsync() => _program = await TestProgram.StartAsync(new TestProgramOptions
    {
        Settings = SandboxProgram.SandboxSettings().ToDictionary(s => s.Item1, s => s.Item2),
        Services = _tokens.AddTo,
    });

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task Without_script_the_page_looks_again_until_the_check_ends()
    {
        var screen = await SavingAsync();

        var page = await screen.ReadAsync();
        var later = await screen.Browser.GetAsync($"{SettingsScreen.Address}?look=41");
        _tokens.Open();
        var settled = await screen.SettledAsync();

        Assert.Equal("running", page.Find("#check").GetAttribute("data-state"));
        Assert.Contains("Revision 1 is being checked and is not in use yet", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\" content=\"2;url=?look=1#first-failed\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("url=?look=42#", later.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", settled.Html, StringComparison.Ordinal);
        Assert.Equal("passed", settled.Find("#check").GetAttribute("data-state"));
    }

    [Fact]
    public async Task What_was_cleaned_is_still_said_when_the_check_has_ended()
    {
        var screen = await SavingAsync(("serverName", " \"Sandbox\" "));

        var running = await screen.ReadAsync();
        var again = await screen.ReadAsync();
        _tokens.Open();
        var settled = await screen.SettledAsync();

        Assert.All([running, again, settled], page => Assert.Contains("removed from Server Name", page.Find("#notices").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_come_live_until_the_check_is_done_and_leaving_before_stops_nothing()
    {
        var screen = await SavingAsync();
        using (var left = await screen.Browser.Http.GetAsync(Progress, HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            await foreach (var _ in Rows(left))
            {
                break;
            }
        }

        var names = new Dictionary<string, string>();
        using var followed = await screen.Browser.Http.GetAsync(Progress, HttpCompletionOption.ResponseHeadersRead, Stop);
        var last = "";
        await foreach (var item in Rows(followed))
        {
            last = item.EventType;
            if (item.EventType == "step")
            {
                var row = JsonDocument.Parse(item.Data).RootElement;
                names[row.GetProperty("name").GetString()!] = row.GetProperty("state").GetString()!;
                if (names.Count == 11)
                {
                    _tokens.Open();
                }
            }
        }

        Assert.Equal("done", last);
        Assert.All(names, row => Assert.Equal("passed", row.Value));
        Assert.Equal(RevisionState.Active, (await screen.StoredAsync()).Active!.State);
    }

    [Fact]
    public async Task With_no_check_under_way_the_stream_says_done_at_once()
    {
        var screen = await SettingsScreen.OpenAsync(_program);
        using var followed = await screen.Browser.Http.GetAsync(Progress, HttpCompletionOption.ResponseHeadersRead, Stop);
        var items = new List<string>();

        await foreach (var item in Rows(followed))
        {
            items.Add(item.EventType);
        }

        Assert.Equal(["done"], items);
    }

    [Fact]
    public async Task A_program_that_hangs_up_does_not_stop_the_check()
    {
        _tokens.Close();
        var starting = _program.Services.GetRequiredService<CheckRunner>().NextAsync(Signify.Notifications.Rulesets.Ruleset.DefaultId, Stop);
        using var leaving = new CancellationTokenSource();
        using var api = _program.NewApiClient();
        using var body = JsonContent.Create(SandboxProgram.Body(Granted));
        var put = api.PutAsync(new Uri(ApiCalls.Settings, UriKind.Relative), body, leaving.Token);
        var check = await starting;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        Assert.False(check.Completion.IsCompleted);
        _tokens.Open();

        Assert.True((await check.Completion.WaitAsync(Stop)).Passed);
    }

    [Fact]
    public async Task A_Save_during_a_check_takes_its_place_and_the_first_program_is_told()
    {
        _tokens.Close();
        var starting = _program.Services.GetRequiredService<CheckRunner>().NextAsync(Signify.Notifications.Rulesets.Ruleset.DefaultId, Stop);
        var first = _program.SaveAsync(SandboxProgram.Body(Granted));
        await starting;

        var second = _program.SaveAsync(SandboxProgram.Body(Granted));
        var told = await first;
        _tokens.Open();

        Assert.False(told["check"].GetProperty("passed").GetBoolean());
        Assert.NotEqual("active", told["state"].GetString());
        Assert.Equal((2, "active"), ((await second)["revision"].GetInt32(), (await second)["state"].GetString()));
    }

    /// <summary>A page whose Save waits for its token.</summary>
    private async Task<SettingsScreen> SavingAsync(params (string Name, string Value)[] others)
    {
        var screen = await SettingsScreen.OpenAsync(_program);
        _tokens.Close();
        await screen.SaveAsync(SettingsScreen.Values(Granted, [("timeoutSeconds", "600"), .. others]));
        return screen;
    }

    private static async IAsyncEnumerable<SseItem<string>> Rows(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(Stop);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Stop))
        {
            yield return item;
        }
    }
}
