using System.Diagnostics;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>The real program as a process: what the operator reads when it will not start.</summary>
public sealed class StartRefusedTests
{
    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_refused_in_one_clear_line()
    {
        await using var first = await TestProgram.StartAsync();

        var (code, error) = await RunAsync($"--Data:Directory={first.DataDirectory}");

        Assert.Equal(1, code);
        Assert.StartsWith($"Cannot start: Another process of this program already uses the data folder {first.DataDirectory}.", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--Bootstrap:ApiKey=too-short", "Bootstrap:ApiKey must have 24")]
    [InlineData("--Bootstrap:AdminEmail=ada@contoso.example", "belong together")]
    [InlineData("--Proxies:Known:0=proxy.example", "neither an IP address nor a network")]
    [InlineData("--Database:Provider=PostgreSql", "Database:Provider is PostgreSql")]
    [InlineData("--RateLimits:SignInsPerMinute=0", "SignInsPerMinute")]
    [InlineData("--SharedRelay:Security=Nonsense", "SharedRelay:Security")]
    [InlineData("--Database:Provider=Nonsense", "Database:Provider")]
    public async Task A_value_that_cannot_be_used_is_named_in_one_clear_line(string argument, string expected)
    {
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            var (code, error) = await RunAsync(argument, $"--Data:Directory={data.FullName}");

            Assert.Equal(1, code);
            Assert.Contains(expected, error, StringComparison.Ordinal);
            Assert.DoesNotContain("too-short", error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CurrentRuleset).Assembly.Location, "--urls=http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        // Were it to start after all, the test must not leave it behind.
        await using var stop = TestContext.Current.CancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (process.ExitCode, error);
    }
}
