using System.Text.RegularExpressions;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The real program, killed without warning while it sends to a server that keeps everything.</summary>
public sealed partial class KilledTests
{
    private const int Rounds = 20;
    private const int Recipients = 12_000;
    private const int Connections = 3;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_twenty_times_it_loses_nothing_and_doubles_at_most_what_was_on_its_way_and_says_so()
    {
        var folder = Directory.CreateTempSubdirectory("signify-killed-");
        // The server works as nobody.
        Daemon.SetMode(folder.FullName, (UnixFileMode)0b111_001_001);
        try
        {
            await using var sink = await MailSink.StartAsync(folder.FullName);
            var random = new Random(20261123);
            var reached = 0;
            var mailing = "";
            for (var round = 0; round < Rounds; round++)
            {
                await using var victim = await StartAsync(folder);
                if (round == 0)
                {
                    (await victim.SaveAsync(LabSettings.Anonymous(sink.Port))).AssertActiveOverSmtp();
                    mailing = await LabMailing.HandInAsync(victim, Recipients);
                }

                // A round that was killed late may have sent many: there are no more to wait for than the mailing has.
                await sink.ReachesAsync(Math.Min(Recipients, reached + random.Next(1, 300)), Ct);
                await victim.KillAsync();
                reached = sink.Count;
            }

            await using var survivor = await StartAsync(folder);
            await sink.ReachesAsync(Recipients, Ct);
            await LabMailing.EndsAsync(survivor, mailing, Ct);

            var arrived = sink.Messages.Select(m => MessageId().Match(m).Groups[1].Value).GroupBy(id => id).ToDictionary(g => g.Key, g => g.Count());
            Assert.Equal(Recipients, arrived.Count);
            Assert.InRange(arrived.Values.Sum() - Recipients, 0, Rounds * Connections);
            foreach (var twice in arrived.Where(a => a.Value > 1).Select(a => a.Key))
            {
                var told = await survivor.GetAsync($"/api/v1/notifications/{twice[..twice.IndexOf('.', StringComparison.Ordinal)]}");
                Assert.Contains("in-doubt", told.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("outcome").GetString()));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<LabProgram> StartAsync(DirectoryInfo folder) =>
        LabProgram.StartAsync(folder.FullName, new Dictionary<string, string>(), Path.Combine(folder.FullName, "data"));

    [GeneratedRegex("^Message-ID: <(.+)>\r?$", RegexOptions.Multiline)]
    private static partial Regex MessageId();
}
