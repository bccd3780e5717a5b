using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Signify.Notifications.Benchmarks;

/// <summary>The program as its own process, as an operator runs it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const string ApiKey = "bench-key-0123456789-abcdefghij";
    private const string Project = "Signify.Notifications.Web";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private RunningProgram(Process process, DirectoryInfo folder, HttpClient api) => (_process, _folder, Api) = (process, folder, api);

    public HttpClient Api { get; }

    /// <summary>Processor time since its start.</summary>
    public TimeSpan Cpu => ProcessTimes.Of(_process.Id);

    /// <param name="data">A data folder that is filled already; without one, an empty one.</param>
    public static async Task<RunningProgram> StartAsync(string? data = null, IReadOnlyDictionary<string, string?>? configuration = null)
    {
        var folder = Directory.CreateTempSubdirectory("signify-bench-");
        var port = SmtpSink.FreePort();
        var address = new Uri($"http://127.0.0.1:{port}");
        // Beside this program: bin/Release/net10.0 of its own project.
        var home = AppContext.BaseDirectory.Replace(Path.Combine("tests", "Signify.Notifications.Benchmarks"), Path.Combine("src", Project), StringComparison.Ordinal);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(home, $"{Project}.dll"), "--urls", $"{address}"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_CONTENTROOT"] = home;
        start.Environment["Data__Directory"] = data ?? Path.Combine(folder.FullName, "data");
        start.Environment["Bootstrap__ApiKey"] = ApiKey;
        // Figures are about the program, not about the limits of a key.
        start.Environment["RateLimits__KeyRequestsPerMinute"] = "100000000";
        start.Environment["RateLimits__KeyConcurrency"] = "100000";
        // The sink is on this machine.
        start.Environment["Relays__Hosts__0"] = "127.0.0.0/8";
        foreach (var (key, value) in configuration ?? new Dictionary<string, string?>())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, output) => Report(output.Data);
        process.BeginOutputReadLine();
        var api = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        await SmtpSink.WaitForAsync(port);
        return new RunningProgram(process, folder, api);
    }

    /// <param name="name">As /proc spells it: VmRSS for what is resident now, VmHWM for the most that ever was.</param>
    public double Megabytes(string name) => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single();

    /// <summary>Shows what the program logs as an error; the line after it says what it is about.</summary>
    private static void Report(string? line)
    {
        if (line is not null && (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal) || line.Contains("Exception:", StringComparison.Ordinal)))
        {
            Console.WriteLine($"The program logs: {line.Trim()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
