using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The program as its own process, told of everything by its environment as an operator does.</summary>
public sealed class LabProgram : IAsyncDisposable
{
    public const string ApiKey = "lab-key-0123456789-abcdefghij";

    private readonly Daemon _daemon;
    private readonly HttpClient _api;

    private LabProgram(Daemon daemon, HttpClient api) => (_daemon, _api) = (daemon, api);

    /// <param name="data">A data folder that outlives this process; null takes one of its own.</param>
    public static async Task<LabProgram> StartAsync(string folder, IReadOnlyDictionary<string, string> environment, string? data = null)
    {
        var port = Daemon.FreePort();
        var address = $"http://127.0.0.1:{port}";
        var daemon = await Daemon.StartAsync(folder, port, ["dotnet", typeof(CurrentRuleset).Assembly.Location, "--urls", address],
            new Dictionary<string, string>(environment)
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Relays__Hosts__0"] = "127.0.0.0/8",
                ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(typeof(CurrentRuleset).Assembly.Location)!,
                ["Data__Directory"] = data ?? Path.Combine(folder, $"data-{port}"),
                ["Bootstrap__ApiKey"] = ApiKey,
            });
        var api = new HttpClient { BaseAddress = new Uri(address), Timeout = TestTimeouts.Step };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        return new LabProgram(daemon, api);
    }

    public string Output => _daemon.Output;

    public Uri Address => _api.BaseAddress!;

    public async Task<SavedSettings> SaveAsync(Dictionary<string, object?> settings) =>
        new(await AnswerAsync(await _api.PutAsJsonAsync("/api/v1/settings", settings, TestContext.Current.CancellationToken)));

    public async Task<JsonElement> SendTestMessageAsync(string to) =>
        await AnswerAsync(await _api.PostAsJsonAsync("/api/v1/settings/test-message", new { to }, TestContext.Current.CancellationToken));

    public async Task<JsonElement> GetAsync(string address) => await AnswerAsync(await _api.GetAsync(address, TestContext.Current.CancellationToken));

    public async Task<JsonElement> PostAsync(string address, HttpContent content) => await AnswerAsync(await _api.PostAsync(address, content, TestContext.Current.CancellationToken));

    /// <summary>As a power cut or <c>kill -9</c> does it: the process gets no chance to say or do anything.</summary>
    public Task KillAsync() => _daemon.KillAsync();

    /// <summary>SIGTERM, as systemd and containers stop a program; waits for as long as the test runs.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync() => _daemon.TerminateAsync();

    /// <summary>Until the program has printed this.</summary>
    public async Task PrintsAsync(string words)
    {
        // The file tells nobody: read again and again.
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Output.Contains(words, StringComparison.Ordinal))
        {
            await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The answer as it is, good or bad.</summary>
    public Task<HttpResponseMessage> TryPostAsync(string address, HttpContent content) => _api.PostAsync(address, content, TestContext.Current.CancellationToken);

    /// <summary>What the program tells of itself from now on, as it happens.</summary>
    public async IAsyncEnumerable<(string Name, JsonElement State)> FollowAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await _api.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct))
        {
            yield return (item.EventType, JsonSerializer.Deserialize<JsonElement>(item.Data));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _daemon.DisposeAsync();
    }

    private static async Task<JsonElement> AnswerAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {body}");
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
    }
}
