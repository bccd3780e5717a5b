using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>The real program as its own process, on a free port, with its own data folder, as a newcomer starts it.</summary>
public sealed partial class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _setUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProgram(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    public Uri Address => _address.Task.Result;

    public string DataFolder => Path.Combine(_folder.FullName, "data");

    /// <summary>Everything the program has printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    public static Task<RunningProgram> StartAsync(params (string Key, string Value)[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("signify-browser-");
        var project = Path.Combine(Repository.Root, "src", "Signify.Notifications.Web");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(project, "bin", Repository.Configuration, "net10.0", "Signify.Notifications.Web.dll"), "--urls", "http://127.0.0.1:0" },
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Data__Directory"] = Path.Combine(folder.FullName, "data"),
                ["Sandbox__HttpsPort"] = "0",
                ["Sandbox__SmtpPort"] = "0",
                ["Sandbox__UntrustedSmtpPort"] = "0",
                ["Sandbox__FirstDoorPort"] = "0",
                ["Sandbox__BlockedSmtpPort"] = "0",
            },
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return StartAsync(start, folder, CancellationToken.None);
    }

    /// <summary>Starts a program and returns when it has printed its address; stops it and deletes the folder when it does not.</summary>
    internal static async Task<RunningProgram> StartAsync(ProcessStartInfo start, DirectoryInfo folder, CancellationToken limit)
    {
        var program = new RunningProgram(new Process { StartInfo = start, EnableRaisingEvents = true }, folder);
        try
        {
            await program.StartAsync(limit);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>The one-time link that the first start prints.</summary>
    public Task<Uri> SetUpLinkAsync() => _setUp.Task.WaitAsync(TestTimeouts.Start);

    public async ValueTask DisposeAsync()
    {
        await ProcessGroup.KillAsync(_process);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(CancellationToken limit)
    {
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The program ended at its start:\n{Output}"));
        ProcessGroup.Start(_process);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _address.Task.WaitAsync(TestTimeouts.Start, limit);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (Listening().Match(line) is { Success: true } listening)
        {
            _address.TrySetResult(new Uri(listening.Groups[1].Value));
        }

        if (SetUpLink().Match(line) is { Success: true } link)
        {
            _setUp.TrySetResult(new Uri(link.Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Listening();

    [GeneratedRegex(@"https?://\S+/setup#token=\S+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SetUpLink();
}
