using Microsoft.Data.Sqlite;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The real program told to stop while a slow server has messages of it.</summary>
public sealed class StoppedTests
{
    private const int Recipients = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Told_to_stop_it_ends_the_messages_on_their_way_and_gives_the_others_back_untried()
    {
        var folder = Directory.CreateTempSubdirectory("signify-stopped-");
        var data = Path.Combine(folder.FullName, "data");
        var answer = new TaskCompletionSource();
        try
        {
            await using var server = new ScriptedSmtpServer(SmtpScript.PlainRelay.Hold(SmtpMoment.Content, answer.Task));
            await using var stopped = await LabProgram.StartAsync(folder.FullName, new Dictionary<string, string>(), data);
            (await stopped.SaveAsync(LabSettings.Anonymous(server.Port))).AssertActiveOverSmtp();
            await LabMailing.HandInAsync(stopped, Recipients);
            await server.Reached(SmtpMoment.Content).WaitAsync(TestContext.Current.CancellationToken);

            var exit = stopped.TerminateAsync();
            await stopped.PrintsAsync("Application is shutting down");
            Assert.False(exit.IsCompleted);
            answer.SetResult();

            Assert.Equal(0, await exit);
            var went = server.Messages.Count;
            Assert.InRange(went, 1, 3);
            Assert.Equal([(0, 0, Recipients - went), (5, 1, went)], await RowsAsync(data));

            server.Script = SmtpScript.PlainRelay;
            await using var next = await LabProgram.StartAsync(folder.FullName, new Dictionary<string, string>(), data);
            await LabMailing.EndsAsync(next, "1", TestContext.Current.CancellationToken);
            LabMailing.AssertOnceEach(Recipients, server.Messages);
            Assert.Equal([(5, 1, Recipients)], await RowsAsync(data));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>How many there are by state and number of attempts.</returns>
    private static async Task<List<(int State, int Attempts, int Count)>> RowsAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "notifications.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "State", "Attempts", COUNT(*) FROM "Notifications" GROUP BY 1, 2 ORDER BY 1, 2""";
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<(int, int, int)>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add((reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)));
        }

        return rows;
    }
}
