using System.Diagnostics;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>A command of the program, called as an operator calls it: a process of its own.</summary>
internal static class ProgramCommand
{
    /// <returns>The exit code, and what it printed and said to the error output.</returns>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CurrentRuleset).Assembly.Location, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        await using var stop = TestContext.Current.CancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, error);
    }

    /// <summary>Fails with what it said when it does not end with 0.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> SucceedsAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0 && error.Length == 0, $"{string.Join(' ', arguments)} ended with {code}: {error}{output}");
        return output;
    }
}
