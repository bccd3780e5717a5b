using System.Diagnostics;
using System.Globalization;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>
/// A network namespace for one process, with a cable each to the database, to the other processes and to the mail server. A cable
/// that is pulled out swallows what is sent into it: nobody is told, as when a switch dies.
/// </summary>
internal sealed class CutNetwork : IAsyncDisposable
{
    private static int _networks;

    // Several proofs may run at once: each has a network of its own.
    private readonly int _number = Interlocked.Increment(ref _networks);

    private CutNetwork()
    {
    }

    /// <summary>The ends on the machine. They lie on its loopback, so that they stay reachable for the others when a cable is out.</summary>
    public string Database => End(Cable.Database);

    public string Peers => End(Cable.Peers);

    public string Mail => End(Cable.Mail);

    /// <summary>The process's own address among the processes; also where its pages answer.</summary>
    public string Inside => Far(Peers);

    private string Name => string.Create(CultureInfo.InvariantCulture, $"sgn{_number}x{Environment.ProcessId % 100_000}");

    private IEnumerable<string> Ends => Enum.GetValues<Cable>().Select(End);

    public string[] Enter => ["ip", "netns", "exec", Name];

    public static async Task<CutNetwork> MakeAsync()
    {
        var network = new CutNetwork();
        await RunAsync("ip", "netns", "add", network.Name);
        await Cleanup.OnFailureAsync(network, network.AddCablesAsync);
        return network;
    }

    private async Task AddCablesAsync()
    {
        await InAsync("ip", "link", "set", "lo", "up");
        foreach (var end in Ends)
        {
            await RunAsync("ip", "address", "replace", $"{end}/32", "dev", "lo");
            await RunAsync("ip", "link", "add", Near(end), "type", "veth", "peer", "name", "far", "netns", Name);
            await InAsync("ip", "link", "set", "far", "name", Near(end));
            await InAsync("ip", "address", "add", $"{Far(end)}/32", "dev", Near(end));
            await InAsync("ip", "link", "set", Near(end), "up");
            await InAsync("ip", "route", "add", $"{end}/32", "dev", Near(end), "src", Far(end));
            await PlugInAsync(end);
        }
    }

    public Task PullOutAsync(Cable cable) => RunAsync("ip", "link", "set", Near(End(cable)), "down");

    public Task PlugInAsync(Cable cable) => PlugInAsync(End(cable));

    private async Task PlugInAsync(string end)
    {
        await RunAsync("ip", "link", "set", Near(end), "up");
        await RunAsync("ip", "route", "replace", $"{Far(end)}/32", "dev", Near(end), "src", end);
    }

    public async ValueTask DisposeAsync()
    {
        // With the namespace its ends of the cables go, and with them ours.
        await RunAsync("ip", "netns", "delete", Name);
        foreach (var end in Ends)
        {
            // One that is missing was not added yet when the start failed: replacing it first makes the deletion succeed.
            await RunAsync("ip", "address", "replace", $"{end}/32", "dev", "lo");
            await RunAsync("ip", "address", "delete", $"{end}/32", "dev", "lo");
        }
    }

    private static string Far(string end) => end[..^1] + "2";

    private string End(Cable cable) => string.Create(CultureInfo.InvariantCulture, $"10.203.{(_number * 10) + (int)cable}.1");

    // The name of an interface has 15 characters at most.
    private string Near(string end) => $"{Name}{end.Split('.')[2][^1]}";

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
