using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The real program on a data folder that lost its database, without and with <c>--new</c>.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed partial class StartOverTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("signify-test-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string DatabaseFile => Path.Combine(_data.FullName, "notifications.db");

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_its_database_the_program_refuses_to_start_and_with_new_it_starts_over(bool empty)
    {
        var keys = await InstallAsync();
        File.Delete(DatabaseFile);
        if (empty)
        {
            await File.WriteAllBytesAsync(DatabaseFile, [], Ct);
        }

        var (code, _, error) = await ProgramCommand.RunAsync(Arguments());

        Assert.Equal(1, code);
        Assert.StartsWith($"Cannot start: The database {DatabaseFile} is {(empty ? "empty" : "missing")}, and ", error,
            StringComparison.Ordinal);
        Assert.Contains("start once with --new", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Equal(empty ? 0L : -1L, File.Exists(DatabaseFile) ? new FileInfo(DatabaseFile).Length : -1L);

        await using (var program = await StartedProgram.StartAsync(Arguments("--new")))
        {
            // No user is left, so that there is a set-up link; the key ring is the same.
            await program.IsReadyAsync();
            Assert.Contains("/setup#token=", program.Output, StringComparison.Ordinal);
            Assert.Equal(keys, Keys());
        }

        await using var again = await StartedProgram.StartAsync(Arguments());
        await again.IsReadyAsync();
    }

    [Fact]
    public async Task Where_the_database_is_there_new_changes_nothing()
    {
        await InstallAsync();

        await using var program = await StartedProgram.StartAsync(Arguments("--new"));

        await program.IsReadyAsync();
        Assert.DoesNotContain("/setup#token=", program.Output, StringComparison.Ordinal);
    }

    /// <summary>An installation with an administrator, stopped.</summary>
    /// <returns>The files of its key ring.</returns>
    private async Task<string[]> InstallAsync()
    {
        await using (var program = await StartedProgram.StartAsync(
            Arguments("--Bootstrap:AdminEmail=ada@contoso.example", "--Bootstrap:AdminPassword=three quiet green lamps")))
        {
            await program.IsReadyAsync();
            Assert.DoesNotContain("/setup#token=", program.Output, StringComparison.Ordinal);
        }

        Assert.NotEmpty(Keys());
        Assert.True(new FileInfo(DatabaseFile).Length > 0);
        return Keys();
    }

    private string[] Keys() => [.. Directory.GetFiles(Path.Combine(_data.FullName, "keys")).Order(StringComparer.Ordinal)];

    private string[] Arguments(params string[] more) => ["--urls=http://127.0.0.1:0", $"--Data:Directory={_data.FullName}", .. more];

    /// <summary>The program as a process; stopped as a service manager stops it.</summary>
    private sealed partial class StartedProgram(Process process) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Output => string.Join('\n', _lines);

        public static async Task<StartedProgram> StartAsync(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(CurrentRuleset).Assembly.Location, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" },
            };
            var program = new StartedProgram(new Process { StartInfo = start, EnableRaisingEvents = true });
            await Cleanup.OnFailureAsync(program, program.BeginAsync);
            return program;
        }

        public async Task IsReadyAsync()
        {
            using var http = new HttpClient { BaseAddress = await _address.Task };
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            limit.CancelAfter(TestTimeouts.Step);
            while (true)
            {
                using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
            {
                using var stop = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")]);
                await Task.WhenAny(process.WaitForExitAsync(CancellationToken.None), Task.Delay(TestTimeouts.Step));
            }

            await ProcessGroup.KillAsync(process);
            process.Dispose();
        }

        private async Task BeginAsync()
        {
            process.OutputDataReceived += (_, e) => Read(e.Data);
            process.ErrorDataReceived += (_, e) => Read(e.Data);
            process.Exited += (_, _) => _address.TrySetException(
                new InvalidOperationException($"The program ended at its start:\n{Output}"));
            ProcessGroup.Start(process);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await _address.Task.WaitAsync(TestTimeouts.Start, Ct);
        }

        private void Read(string? line)
        {
            _lines.Enqueue(line ?? "");
            if (Listening().Match(line ?? "") is { Success: true } listening)
            {
                _address.TrySetResult(new Uri(listening.Groups[1].Value));
            }
        }

        [GeneratedRegex(@"Now listening on: (http://\S+)", RegexOptions.CultureInvariant)]
        private static partial Regex Listening();
    }
}
