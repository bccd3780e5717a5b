using System.Diagnostics;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>The real program as a process: what the operator reads when it will not start.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
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
    [InlineData("--Sessions:AbsoluteLifetime=00:14:59", "Sessions:AbsoluteLifetime must be between")]
    [InlineData("--Sessions:AbsoluteLifetime=30.00:00:01", "Sessions:AbsoluteLifetime must be between")]
    [InlineData("--Database:Provider=Oracle", "Database:Provider")]
    [InlineData("--Clouds:Lab:Authority=ftp://login.example", "Clouds:Lab:Authority is \"ftp://login.example\"")]
    [InlineData("--Clouds:Lab:SmtpHost=smtp.example:587", "Clouds:Lab:SmtpHost is \"smtp.example:587\"")]
    [InlineData("--Clouds:Lab:Graph=http://graph.example", "Clouds:Lab:Graph is")]
    [InlineData("--Clouds:Lab:TrustedRoots=/no/such/roots.pem", "/no/such/roots.pem, and there is no such file")]
    [InlineData("--Clouds:Lab:CheckRevocation=maybe", "Clouds:Lab:CheckRevocation")]
    [InlineData("--Sandbox:Enabled=true", "Sandbox:Enabled is true in the environment Production")]
    [InlineData("--Sandbox:Enabled=maybe", "Sandbox:Enabled")]
    [InlineData("--SharedRelay:Port=70000", "'SharedRelayOptions' members: 'Port'")]
    [InlineData("--SharedRelay:Port=smtp", "SharedRelay:Port")]
    [InlineData("--SharedRelay:Security=Sometimes", "SharedRelay:Security")]
    [InlineData("--SharedRelay:From=nobody", "'SharedRelayOptions' members: 'From'")]
    [InlineData("--Site:Address=http://notifications.contoso.com", "Site:Address is \"http://notifications.contoso.com\"")]
    [InlineData("--Site:Address=https://notifications.contoso.com/?a=b", "Site:Address is")]
    [InlineData("--Site:Address=notifications.contoso.com", "Site:Address is")]
    [InlineData("--Relays:Hosts:0=relay contoso", "Relays:Hosts has \"relay contoso\"")]
    [InlineData("--RateLimits:KeyConcurrency=0", "KeyConcurrency")]
    [InlineData("--RateLimits:StreamsPerCaller=0", "StreamsPerCaller")]
    [InlineData("--Connections:Most=1", "Most")]
    [InlineData("--HandIn:LargeBodies=0", "LargeBodies")]
    [InlineData("--Smtp:EhloName=hr server", "Smtp:EhloName must be a host name")]
    [InlineData("--WorkloadIdentity:Rulesets:0=Payroll", "WorkloadIdentity:Rulesets holds \"Payroll\"")]
    [InlineData("--Keys:Certificate=/no/such/key.pfx", "Keys:Certificate names /no/such/key.pfx")]
    public Task A_value_that_cannot_be_used_is_named_in_one_clear_line(string argument, string expected) => IsRefusedAsync([argument], expected);

    [Theory]
    [InlineData("--Cluster:Address=203.0.113.7", "203.0.113.7, and Cluster:Certificate is not set")]
    [InlineData("--Cluster:Address=10.1.2.3", "10.1.2.3, and Cluster:Certificate is not set")]
    [InlineData("--Cluster:Address=fd00::1", "fd00::1, and Cluster:Certificate is not set")]
    [InlineData("--Cluster:Address=db1.contoso.com", "Cluster:Address is db1.contoso.com")]
    [InlineData("--Cluster:Certificate=/no/such/cluster.pfx", "Cluster:Certificate names /no/such/cluster.pfx")]
    public Task A_cluster_that_would_let_anybody_in_or_nobody_is_refused(string argument, string expected) =>
        IsRefusedAsync(["--environment=Development", "--Database:Provider=PostgreSql", "--ConnectionStrings:Notifications=Host=127.0.0.1;Port=1;Database=none", argument], expected);

    private static async Task IsRefusedAsync(string[] arguments, string expected)
    {
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            var (code, error) = await RunAsync([.. arguments, $"--Data:Directory={data.FullName}"]);

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
