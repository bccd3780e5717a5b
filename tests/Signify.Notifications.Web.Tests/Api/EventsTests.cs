using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Server-sent events: open at once, one verdict for each check, ended when the program stops.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class EventsTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private static readonly Uri Events = new("/api/v1/events", UriKind.Relative);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_follows_a_check_to_its_one_verdict()
    {
        using var api = sandbox.Program.NewApiClient();
        await FollowAsync(api);
    }

    [Fact]
    public async Task A_page_follows_it_by_its_cookie()
    {
        await FollowAsync((await sandbox.Program.SignedInAsync()).Http);
    }

    [Fact]
    public async Task A_key_without_the_right_to_read_is_refused()
    {
        var key = await sandbox.Program.NewKeyAsync("sender", ApiKeyScopes.Send);

        (await sandbox.Program.GetAsync(Events.OriginalString, key)).AssertProblem(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task They_end_when_the_program_stops_rather_than_hold_it_up()
    {
        await using var program = await TestProgram.StartAsync();
        using var api = program.NewApiClient();
        using var response = await api.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead, Stop);
        var read = response.Content.ReadAsStringAsync(Stop);

        program.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await read;
    }

    private async Task FollowAsync(HttpClient client)
    {
        // Headers come before anything has happened: a program knows that it listens before it saves.
        using var response = await client.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var saving = sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));

        var events = new List<JsonElement>();
        await using var stream = await response.Content.ReadAsStreamAsync(Stop);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Stop))
        {
            if (item.EventType != "check")
            {
                continue;
            }

            events.Add(JsonDocument.Parse(item.Data).RootElement);
            if (events[^1].GetProperty("finished").GetBoolean())
            {
                break;
            }
        }

        var saved = await saving;
        Assert.Equal(saved["revision"].GetInt32(), events[^1].GetProperty("revision").GetInt32());
        // The first event that says "finished" has the verdict: what happened in between has none.
        Assert.Equal(saved["check"].GetRawText(), events[^1].GetProperty("check").GetRawText());
        Assert.True(events[^1].GetProperty("check").GetProperty("passed").GetBoolean());
        Assert.Equal("active", saved["state"].GetString());
    }
}
