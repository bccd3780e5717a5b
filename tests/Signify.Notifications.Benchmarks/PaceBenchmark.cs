using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Benchmarks;

/// <summary>How much of an allowed pace is used while work waits, against a server that counts and refuses. Goal I.</summary>
/// <remarks>600 a minute in real time; the real 30 a minute over a whole day is a test, on virtual time.</remarks>
internal static class PaceBenchmark
{
    private const int PerMinute = 600;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var time = options.Full ? TimeSpan.FromMinutes(3) : TimeSpan.FromSeconds(20);
        await using var sink = await TlsSink.StartAsync(PerMinute);
        await using var lab = await DeliveryLab.StartAsync(sink.Port, configuration: new() { ["Pace:Relay:MessagesPerMinute"] = $"{PerMinute}" });
        await lab.FillAsync((int)(PerMinute * (time.TotalMinutes + 1)), DeliveryBenchmark.UsualBytes);
        await using var pump = (await MailboxPump.TakeOverAsync(lab.Get<SenderParts>(), 1, CancellationToken.None))!;
        using var limit = new CancellationTokenSource(time);
        var started = Stopwatch.GetTimestamp();
        while (!limit.IsCancellationRequested)
        {
            await pump.DrainAsync(limit.Token);
        }

        var took = Stopwatch.GetElapsedTime(started);
        await using var db = lab.NewContext();
        var sent = await db.Set<Notification>().CountAsync(n => n.State == NotificationState.Sent);
        var refused = await db.Set<Attempt>().CountAsync(a => a.Outcome != AttemptOutcome.Sent);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} sent and {refused} refused in {took.TotalSeconds:0.0} s at {PerMinute} a minute"));
        var share = sent / (PerMinute * took.TotalMinutes);
        return [new("I", $"messages sent in {time.TotalSeconds:0} s, all waiting; refusals for speed", $"what {PerMinute} a minute allow", "≥ 0.98; 0", $"{Figure.Ratio(share)}; {refused}")];
    }
}
