using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>One process of the program, told of everything by its environment as an operator does.</summary>
internal sealed class ClusterProcess : IAsyncDisposable
{
    // A start fills a processor for seconds. Two at once would starve the proof that runs beside them, whose processes then count as dead.
    private static readonly SemaphoreSlim Starting = new(1);

    private readonly Daemon _daemon;
    private readonly HttpClient _http;

    private ClusterProcess(Daemon daemon, HttpClient http) => (_daemon, _http) = (daemon, http);

    public int Id => _daemon.ProcessId;

    public string Output => _daemon.Output;

    /// <param name="program">The program's assembly; null takes the one that was built with these tests.</param>
    /// <param name="network">The network namespace to run in; null runs on the machine itself.</param>
    public static async Task<ClusterProcess> StartAsync(
        string folder, IReadOnlyDictionary<string, string> environment, string? program = null, CutNetwork? network = null)
    {
        program ??= typeof(CurrentRuleset).Assembly.Location;
        await Starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await StartedAsync(folder, environment, program, network);
        }
        finally
        {
            Starting.Release();
        }
    }

    private static async Task<ClusterProcess> StartedAsync(string folder, IReadOnlyDictionary<string, string> environment, string program, CutNetwork? network)
    {
        var port = Daemon.FreePort();
        var host = network?.Inside ?? "127.0.0.1";
        string[] command = [.. network?.Enter ?? [], "dotnet", program, "--urls", $"http://{host}:{port}"];
        var startedAt = TimeProvider.System.GetTimestamp();
        var daemon = await Daemon.StartAsync(folder, port, command, new Dictionary<string, string>(environment)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            // The sink is on this machine, or in the private network of a namespace.
            ["Relays__AllowPrivateNetworks"] = "true",
            ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(program)!,
            ["Data__Directory"] = Path.Combine(folder, $"data-{port}"),
        }, host: host);
        return new ClusterProcess(daemon, new HttpClient { BaseAddress = new Uri($"http://{host}:{port}"), Timeout = TestTimeouts.Step })
        {
            StartTook = TimeProvider.System.GetElapsedTime(startedAt),
        };
    }

    /// <summary>From its start until it answered.</summary>
    public TimeSpan StartTook { get; private init; }

    /// <summary>Ended, or about to.</summary>
    public bool IsOut { get; private set; }

    public Task KillAsync()
    {
        IsOut = true;
        return _daemon.KillAsync();
    }

    public Task<int> TerminateAsync()
    {
        IsOut = true;
        return _daemon.TerminateAsync();
    }

    public Task SignalAsync(string signal) => _daemon.SignalAsync(signal);

    public async Task<int> ExitAsync(CancellationToken ct)
    {
        var code = await _daemon.ExitAsync(ct);
        IsOut = true;
        return code;
    }

    /// <summary>Hands a mailing in, as an application does.</summary>
    public async Task HandInAsync(string apiKey, int recipients, CancellationToken ct)
    {
        var lines = new StringBuilder("""{"name":"Payslips","subject":"Your payslip","text":"Dear {{name}}, it is ready."}""").Append('\n');
        for (var i = 1; i <= recipients; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $$"""{ "to": "person{{i}}@fabrikam.example", "fields": { "name": "Person {{i}}" } }""").Append('\n');
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/mailings")
        {
            Content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        using var response = await _http.SendAsync(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        Assert.True((int)response.StatusCode == 202, $"{(int)response.StatusCode}: {body}");
        Assert.Equal(recipients, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("accepted").GetInt32());
    }

    /// <summary>Its ends of the connections to a port: by these the other end knows which are its. None when it has ended.</summary>
    public IReadOnlySet<IPEndPoint> EndsAt(int port)
    {
        try
        {
            var sockets = Directory.EnumerateFileSystemEntries($"/proc/{Id}/fd").Select(f => File.ResolveLinkTarget(f, false)?.Name ?? "")
                .Where(name => name.StartsWith("socket:[", StringComparison.Ordinal)).Select(name => name["socket:[".Length..^1]).ToHashSet();
            return File.ReadLines($"/proc/{Id}/net/tcp").Concat(File.ReadLines($"/proc/{Id}/net/tcp6"))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 9 && sockets.Contains(words[9]) && End(words[2]).Port == port)
                .Select(words => End(words[1])).ToHashSet();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return new HashSet<IPEndPoint>();
        }
    }

    // "0100007F:1F90": the address in the order of the machine, of IPv6 the last four bytes, which are those of an IPv4 address inside it.
    private static IPEndPoint End(string hex)
    {
        var (address, port) = (hex[..hex.IndexOf(':', StringComparison.Ordinal)], hex[(hex.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return new IPEndPoint(uint.Parse(address[^8..], NumberStyles.HexNumber, CultureInfo.InvariantCulture), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _daemon.DisposeAsync();
    }
}
