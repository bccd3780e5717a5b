using System.Diagnostics;
using System.Globalization;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>
/// A network namespace for one process, with a cable each to the database, to the other processes and to the mail server. A cable
/// that is pulled out swallows what is sent into it: nobody is told, as when a switch dies.
/// </summary>
internal sealed class CutNetwork : IAsyncDisposable
{
    /// <summary>The ends on the machine. They lie on its loopback, so that they stay reachable for the others when a cable is out.</summary>
    public const string Database = "10.203.1.1";
    public const string Peers = "10.203.2.1";
    public const string Mail = "10.203.3.1";

    private static readonly string[] Ends = [Database, Peers, Mail];

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"sgn{Environment.ProcessId}");

    private CutNetwork()
    {
    }

    /// <summary>The process's own address among the processes; also where its pages answer.</summary>
    public string Inside => Far(Peers);

    public string[] Enter => ["ip", "netns", "exec", _name];

    public static async Task<CutNetwork> MakeAsync()
    {
        var network = new CutNetwork();
        await RunAsync("ip", "netns", "add", network._name);
        await network.InAsync("ip", "link", "set", "lo", "up");
        foreach (var end in Ends)
        {
            await RunAsync("ip", "address", "replace", $"{end}/32", "dev", "lo");
            await RunAsync("ip", "link", "add", network.Near(end), "type", "veth", "peer", "name", "far", "netns", network._name);
            await network.InAsync("ip", "link", "set", "far", "name", network.Near(end));
            await network.InAsync("ip", "address", "add", $"{Far(end)}/32", "dev", network.Near(end));
            await network.InAsync("ip", "link", "set", network.Near(end), "up");
            await network.InAsync("ip", "route", "add", $"{end}/32", "dev", network.Near(end), "src", Far(end));
            await network.PlugInAsync(end);
        }

        return network;
    }

    public Task PullOutAsync(string end) => RunAsync("ip", "link", "set", Near(end), "down");

    public async Task PlugInAsync(string end)
    {
        await RunAsync("ip", "link", "set", Near(end), "up");
        await RunAsync("ip", "route", "replace", $"{Far(end)}/32", "dev", Near(end), "src", end);
    }

    public async ValueTask DisposeAsync()
    {
        // With the namespace its ends of the cables go, and with them ours.
        await RunAsync("ip", "netns", "delete", _name);
        foreach (var end in Ends)
        {
            await RunAsync("ip", "address", "delete", $"{end}/32", "dev", "lo");
        }
    }

    private static string Far(string end) => end[..^1] + "2";

    private string Near(string end) => $"{_name}{end.Split('.')[2]}";

    private Task InAsync(params string[] command) => RunAsync([.. Enter, .. command]);

    private static async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardError = true };
        Array.ForEach(command[1..], start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {error} These tests make a network of their own: they run as root, with iproute2.");
    }
}
