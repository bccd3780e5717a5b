using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Signify.Notifications.Benchmarks;

/// <summary>The real program, its resident memory while a mailing is streamed in as NDJSON and waits; and the first page of Activity then. Goal J.</summary>
internal static class MemoryBenchmark
{
    private const int Few = 1_000;
    private const int Pages = 15;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var many = options.Full ? 1_000_000 : 200_000;
        var few = await MeasureAsync(Few);
        var much = await MeasureAsync(many);
        var count = many.ToString("N0", CultureInfo.InvariantCulture);
        return
        [
            new("J", $"highest resident memory, {count} streamed in as NDJSON and queued", "with 1,000", "≤ 1.2",
                string.Create(CultureInfo.InvariantCulture, $"{Figure.Ratio(much.Megabytes / few.Megabytes)} ({much.Megabytes:0} MB, {few.Megabytes:0} MB)")),
            new("", $"first page of Activity, {count} queued", "with 1,000", "",
                string.Create(CultureInfo.InvariantCulture, $"{Figure.Ratio(much.PageMilliseconds / few.PageMilliseconds)} ({much.PageMilliseconds:0.0} ms, {few.PageMilliseconds:0.0} ms)")),
        ];
    }

    private static async Task<(double Megabytes, double PageMilliseconds)> MeasureAsync(int recipients)
    {
        await using var program = await RunningProgram.StartAsync();
        var started = Stopwatch.GetTimestamp();
        using var body = new RecipientLines(recipients);
        using var answer = await program.Api.PostAsync("/api/v1/mailings", body);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }

        var took = Stopwatch.GetElapsedTime(started);
        var page = await PageAsync(program.Api);
        var (highest, now) = (program.Megabytes("VmHWM"), program.Megabytes("VmRSS"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{recipients} recipients over HTTP: {took.TotalSeconds:0.0} s, {recipients / took.TotalSeconds:0} a second; memory {highest:0} MB at its highest, {now:0} MB after; first page of Activity {page:0.0} ms"));
        return (highest, page);
    }

    private static async Task<double> PageAsync(HttpClient api)
    {
        var milliseconds = new List<double>();
        for (var i = -3; i < Pages; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await api.GetByteArrayAsync("/api/v1/notifications");
            if (i >= 0)
            {
                milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return Figure.Median(milliseconds);
    }

    /// <summary>Written as it is sent: the benchmark holds no list either.</summary>
    private sealed class RecipientLines : HttpContent
    {
        private readonly int _count;

        public RecipientLines(int count)
        {
            _count = count;
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var lines = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
            await lines.WriteAsync("""{"name":"Bench","subject":"Your payslip","text":"Dear {{name}}, it is there."}""" + "\n");
            for (var i = 1; i <= _count; i++)
            {
                await lines.WriteAsync($"{{\"to\":\"{Letter.Recipient(i)}\",\"fields\":{Letter.Fields(i)}}}\n");
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
