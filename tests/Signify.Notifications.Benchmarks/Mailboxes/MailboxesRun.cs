using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Benchmarks;

/// <summary>The program as its own process, with many mailboxes that have more to send than their limits allow.</summary>
internal sealed partial class MailboxesRun(RunningProgram program, SmtpSink sink, PostgreSqlServer? database, int postmaster)
{
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(1);

    /// <param name="window">The time that is measured, after <paramref name="warmUp"/>.</param>
    public static async Task<MailboxesResult> MeasureAsync(string name, PostgreSqlServer? database, int mailboxes, int perMinute, TimeSpan warmUp, TimeSpan window)
    {
        await using var sink = await SmtpSink.StartAsync();
        var folder = Directory.CreateTempSubdirectory("signify-bench-");
        using var deleted = new Deleted(folder);
        var configuration = await ConfigurationAsync(database, folder.FullName);
        await using var lab = await DeliveryLab.StartAsync(sink.Port, configuration: new(configuration));
        var rulesets = await SeededMailboxes.AddAsync(lab, mailboxes);
        // Nobody runs out of notifications, whatever the limits let through before the window.
        var messages = (int)(perMinute * ((warmUp + window).TotalMinutes + 1));
        await SeededMailboxes.SubmitAsync(lab, rulesets, messages, DeliveryBenchmark.UsualBytes);
        // One process at a time has a data folder, and connections of this process are not to be counted.
        await lab.ReleaseAsync();
        configuration["Pace:Relay:MessagesPerMinute"] = perMinute.ToString(CultureInfo.InvariantCulture);
        configuration["Pace:Relay:RecipientsPerDay"] = "10000";
        var sample = await WatchAsync(lab.Folder, configuration, sink, database, warmUp, window);
        lab.Reopen();
        return await CountAsync(lab, name, sample, mailboxes, perMinute);
    }

    private static async Task<MailboxesSample> WatchAsync(
        string data, Dictionary<string, string?> configuration, SmtpSink sink, PostgreSqlServer? database, TimeSpan warmUp, TimeSpan window)
    {
        await using var program = await RunningProgram.StartAsync(data, configuration);
        var run = new MailboxesRun(program, sink, database, database is null ? 0 : await PostmasterAsync(configuration));
        await Task.Delay(warmUp);
        return await run.WatchAsync(window);
    }

    private static async Task<Dictionary<string, string?>> ConfigurationAsync(PostgreSqlServer? database, string folder) => database is null ? [] : new()
    {
        ["Database:Provider"] = "PostgreSql",
        ["ConnectionStrings:Notifications"] = await database.CreateAsync(),
        ["Keys:Certificate"] = KeyCertificate(folder),
    };

    /// <summary>Without one the program does not start with PostgreSQL.</summary>
    private static string KeyCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(folder, "keys.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }

    /// <summary>The parent of every session's process.</summary>
    private static async Task<int> PostmasterAsync(Dictionary<string, string?> configuration)
    {
        await using var connection = new NpgsqlConnection($"{configuration["ConnectionStrings:Notifications"]};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return ProcessTimes.ParentOf((int)(await command.ExecuteScalarAsync())!);
    }

    private sealed class Deleted(DirectoryInfo folder) : IDisposable
    {
        public void Dispose() => folder.Delete(recursive: true);
    }

    private async Task<MailboxesSample> WatchAsync(TimeSpan window)
    {
        var (toServer, toDatabase, heap) = (new List<int>(), new List<int>(), 0.0);
        var (begin, cpu, databaseCpu) = (TimeProvider.System.GetUtcNow(), program.Cpu, DatabaseCpu());
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenSamples);
        while (TimeProvider.System.GetElapsedTime(started) < window && await timer.WaitForNextTickAsync())
        {
            toServer.Add(OpenConnections.To(sink.Port));
            toDatabase.Add(database is null ? 0 : OpenConnections.To(database.Port));
            heap = toServer.Count % 10 == 0 ? Math.Max(heap, await HeapMegabytesAsync()) : heap;
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return new(
            begin, TimeProvider.System.GetUtcNow(), (program.Cpu - cpu).TotalSeconds / seconds, (DatabaseCpu() - databaseCpu).TotalSeconds / seconds,
            program.Megabytes("VmHWM"), heap, Level.Of(toServer), Level.Of(toDatabase));
    }

    private TimeSpan DatabaseCpu() => postmaster == 0 ? TimeSpan.Zero : ProcessTimes.OfFamily(postmaster);

    /// <returns>0 when the program is too busy to answer.</returns>
    private async Task<double> HeapMegabytesAsync()
    {
        using var answer = await program.Api.GetAsync(new Uri("/metrics", UriKind.Relative));
        return answer.IsSuccessStatusCode
            ? HeapSize().Matches(await answer.Content.ReadAsStringAsync()).Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)) / (1024 * 1024)
            : 0;
    }

    private static async Task<MailboxesResult> CountAsync(DeliveryLab lab, string name, MailboxesSample sample, int mailboxes, int perMinute)
    {
        await using var db = lab.NewContext();
        var sends = await db.Set<PacedSend>().AsNoTracking().OrderBy(s => s.At).Select(s => new { s.MailboxId, s.At }).ToListAsync();
        var inWindow = sends.Where(s => s.At >= sample.Begin && s.At < sample.End).ToList();
        var notSent = await db.Set<Attempt>().CountAsync(a => a.Outcome != AttemptOutcome.Sent);
        var allowed = perMinute * (sample.End - sample.Begin).TotalMinutes;
        var byMailbox = inWindow.GroupBy(s => s.MailboxId).ToDictionary(g => g.Key, g => g.Count());
        var lowest = byMailbox.Count < mailboxes ? 0 : byMailbox.Values.Min();
        var most = sends.GroupBy(s => s.MailboxId).Select(g => MostInMinute([.. g.Select(s => s.At)])).DefaultIfEmpty().Max();
        return new(name, mailboxes, sample, inWindow.Count, inWindow.Count / (allowed * mailboxes), lowest / allowed, most, notSent);
    }

    private static int MostInMinute(IReadOnlyList<DateTimeOffset> ordered)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < ordered.Count; last++)
        {
            while (ordered[last] - ordered[first] >= TimeSpan.FromMinutes(1))
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    [GeneratedRegex(@"^dotnet_gc_last_collection_heap_size_bytes\{[^}]*\} ([0-9.eE+]+)", RegexOptions.Multiline)]
    private static partial Regex HeapSize();
}
