namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>A relay without tokens on any port, and the progress that the program tells meanwhile.</summary>
public sealed class RelayMailingTests
{
    private const int Recipients = 5_000;

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Five_thousand_arrive_each_once_and_the_events_tell_of_it_to_the_end()
    {
        var folder = Directory.CreateTempSubdirectory("signify-relay-");
        // The server works as nobody.
        Daemon.SetMode(folder.FullName, (UnixFileMode)0b111_001_001);
        try
        {
            await using var sink = await MailSink.StartAsync(folder.FullName);
            await using var program = await LabProgram.StartAsync(folder.FullName, new Dictionary<string, string>());
            (await program.SaveAsync(LabSettings.Anonymous(sink.Port))).AssertActiveOverSmtp();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            await using var events = program.FollowAsync(over.Token).GetAsyncEnumerator(over.Token);
            // How things stand comes first: from then on nothing is missed.
            Assert.True(await events.MoveNextAsync());

            var mailing = await LabMailing.HandInAsync(program, Recipients);
            var told = await FollowAsync(events, mailing);

            Assert.Equal(told.Order(), told);
            Assert.Equal(Recipients, told[^1]);
            Assert.True(told.Exists(sent => sent is > 0 and < Recipients), $"Only the end was told: {string.Join(' ', told)}");
            await sink.ReachesAsync(Recipients, TestContext.Current.CancellationToken);
            LabMailing.AssertOnceEach(Recipients, sink.Messages);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>How many had been sent, event by event.</returns>
    private static async Task<List<int>> FollowAsync(IAsyncEnumerator<(string Name, System.Text.Json.JsonElement State)> events, string mailing)
    {
        var told = new List<int>();
        while ((told.Count == 0 || told[^1] < Recipients) && await events.MoveNextAsync())
        {
            var (name, state) = events.Current;
            if (name == "mailing" && state.GetProperty("id").GetString() == mailing)
            {
                told.Add(state.GetProperty("counts").GetProperty("sent").GetInt32());
            }
        }

        return told;
    }
}
