using System.Diagnostics;
using System.Text.RegularExpressions;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The units that are handed out, as systemd's own checker judges them. It needs no running systemd.</summary>
public sealed class UnitFileTests
{
    // systemd calls an exposure up to 1.5 of 10 well protected.
    private const string MostExposure = "--threshold=15";

    private static string Analyze => Daemon.Find("/usr/bin/systemd-analyze");

    [Fact]
    public async Task Systemd_finds_nothing_to_say_about_the_units()
    {
        var folder = Directory.CreateTempSubdirectory("signify-units-");
        try
        {
            var files = new List<string>();
            foreach (var unit in Directory.GetFiles(Deployed.Folder).Where(f => Path.GetExtension(f) is ".service" or ".timer"))
            {
                // The program need not be installed on the machine that runs the tests, and the checker looks for it.
                var text = (await File.ReadAllTextAsync(unit, TestContext.Current.CancellationToken))
                    .Replace("/opt/signify-notifications/Signify.Notifications.Web", "/bin/true", StringComparison.Ordinal);
                files.Add(Path.Combine(folder.FullName, Path.GetFileName(unit)));
                await File.WriteAllTextAsync(files[^1], text, TestContext.Current.CancellationToken);
            }

            var (code, said) = await RunAsync(["verify", "--man=no", .. files]);

            Assert.Equal(3, files.Count);
            Assert.True(code == 0 && said.Length == 0, said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("signify-notifications.service")]
    [InlineData("signify-notifications-backup.service")]
    public async Task The_services_may_do_little_more_than_they_must(string unit)
    {
        var (code, said) = await RunAsync(["security", "--offline=true", "--no-pager", MostExposure, Path.Combine(Deployed.Folder, unit)]);

        Assert.True(code == 0, said);
        Assert.Contains("Overall exposure level", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systemd_waits_longer_for_the_program_to_stop_than_it_needs()
    {
        var unit = await File.ReadAllTextAsync(Path.Combine(Deployed.Folder, "signify-notifications.service"), TestContext.Current.CancellationToken);

        var granted = int.Parse(Regex.Match(unit, "^TimeoutStopSec=([0-9]+)$", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(TimeSpan.FromSeconds(granted) > Web.Hosting.DispatchHosting.LongestStop);
    }

    [Fact]
    public async Task The_program_reaches_no_metadata_service_unless_the_operator_allows_it()
    {
        var unit = await File.ReadAllLinesAsync(Path.Combine(Deployed.Folder, "signify-notifications.service"), TestContext.Current.CancellationToken);

        var denied = Assert.Single(unit, l => l.StartsWith("IPAddressDeny=", StringComparison.Ordinal))["IPAddressDeny=".Length..].Split(' ');
        Assert.Contains("169.254.0.0/16", denied);
        Assert.DoesNotContain(unit, l => l.StartsWith("IPAddressAllow=", StringComparison.Ordinal));
        Assert.Contains("#IPAddressAllow=169.254.169.254", unit);
        Assert.Contains("IPAddressDeny=\"169.254.0.0/16 ", await File.ReadAllTextAsync(Path.Combine(Deployed.Folder, "signify-notifications"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>What docs/operations.md tells an operator to type: no password in a file that others read, none on a command line.</summary>
    [Fact]
    public async Task The_documented_commands_show_no_password_to_other_accounts()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Deployed.Folder, "..", "docs", "operations.md"), TestContext.Current.CancellationToken);
        var lines = text.Split('\n');

        Assert.Contains("install -m 600 /dev/null /etc/signify-notifications/environment", lines);
        Assert.DoesNotContain(lines, l => Regex.IsMatch(l, "^(signify-notifications|sudo|psql|export) .*[Pp]assword[= ]'?[^ ]", RegexOptions.IgnoreCase));
        Assert.DoesNotContain(lines, l => l.StartsWith("ConnectionStrings__Notifications=", StringComparison.Ordinal));
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Analyze, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
