using System.Net;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Web.Tests.Api.HandIn.HandInProgram;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>Mailings streamed as NDJSON: long ones, broken ones, stalled ones.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class StreamTests(HandInProgram program) : IClassFixture<HandInProgram>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_a_hundred_times_as_long_takes_no_more_memory()
    {
        await PeakAsync(2_000);

        var few = await PeakAsync(2_000);
        var many = await PeakAsync(200_000);

        // The allowance is what one portion of rows and the list of tests' own lines may differ by.
        Assert.True(many <= (few * 1.5) + (16 * 1024 * 1024), $"{few} bytes with 2,000, {many} with 200,000.");
    }

    [Fact]
    public async Task A_client_that_leaves_in_mid_stream_leaves_nothing_to_send_and_its_key_can_be_used_again()
    {
        using var client = new CancellationTokenSource();
        async IAsyncEnumerable<string> Leaving()
        {
            await foreach (var line in LineStream.People(9000))
            {
                yield return line;
            }

            yield return "";
            // Some of it is on disk, under nobody's eyes.
            while (await program.CountAsync("SELECT COUNT(*) FROM \"Notifications\" JOIN \"Mailings\" m ON m.\"Id\" = \"MailingId\" WHERE m.\"State\" = 0") == 0)
            {
                await Task.Yield();
            }

            await client.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(client.Token);
        }

        await Assert.ThrowsAnyAsync<Exception>(() => program.PostAsync(Mailings, new LineStream(Leaving()), "left", client.Token));

        Assert.Equal(0, await program.CountAsync("SELECT COUNT(*) FROM \"HandInKeys\" WHERE \"Key\" = 'left'"));
        ApiAnswer answer;
        do
        {
            answer = await program.PostAsync(Mailings, new LineStream(LineStream.People(10)), "left");
        }
        while (answer.Status == HttpStatusCode.Conflict);
        Assert.Equal((HttpStatusCode.Accepted, 10), (answer.Status, answer["accepted"].GetInt32()));
        Assert.Equal(10, await program.CountAsync(
            $"SELECT COUNT(*) FROM \"Notifications\" WHERE \"MailingId\" = {answer["mailingId"].GetString()}"));
        // And what was left behind goes by itself.
        while ((await program.RowsAsync<Mailing>(all => all.Where(m => m.State == MailingState.Receiving || m.State == MailingState.Deleting))).Count > 0)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_client_that_falls_silent_is_answered_408_and_nothing_is_queued()
    {
        await using var hasty = await StartAsync(("HandIn:IdleSeconds", "1"));
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<string> Silent()
        {
            yield return LineStream.Head;
            yield return LineStream.Person(1);
            yield return "";
            await never.Task;
        }

        var answer = await hasty.PostAsync(Mailings, new LineStream(Silent()));
        never.SetResult();

        Assert.Equal(HttpStatusCode.RequestTimeout, answer.Status);
        Assert.Equal(0, await hasty.CountAsync("SELECT COUNT(*) FROM \"Mailings\" WHERE \"State\" = 1"));
    }

    [Fact]
    public async Task While_a_stream_runs_its_key_is_busy()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<string> Slow()
        {
            await foreach (var line in LineStream.People(5000))
            {
                yield return line;
            }

            yield return "";
            running.SetResult();
            await go.Task;
        }

        var first = program.PostAsync(Mailings, new LineStream(Slow()), "busy");
        await running.Task;
        ApiAnswer second;
        while ((second = await program.PostLinesAsync("busy", LineStream.Head)).Status != HttpStatusCode.Conflict)
        {
            await Task.Yield();
        }

        go.SetResult();
        Assert.Equal("1", second.Response.Headers.RetryAfter?.ToString());
        Assert.Contains("under way", second["title"].GetString(), StringComparison.Ordinal);
        Assert.Equal(5000, (await first)["accepted"].GetInt32());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_told_by_their_line()
    {
        byte[] body = [.. System.Text.Encoding.UTF8.GetBytes(LineStream.Head + "\n" + LineStream.Person(1) + "\n{\"to\": \"b@contoso.com\", \"fields\": {\"name\": \""), 0xFF, 0xC3, .. "\"}}\n"u8,
            .. System.Text.Encoding.UTF8.GetBytes(LineStream.Person(2))];
        var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/x-ndjson") } };

        var answer = await program.PostAsync(Mailings, content);

        Assert.Equal(2, answer["accepted"].GetInt32());
        Assert.Equal(["3 line-invalid"], HandInTests.Rejected(answer));
    }

    [Fact]
    public async Task The_list_of_those_left_out_is_capped_and_their_number_is_not()
    {
        var answer = await program.PostLinesAsync(null, [LineStream.Head, LineStream.Person(1), .. Enumerable.Repeat("{}", 1500)]);

        Assert.Equal((1, 1000, 1500), (answer["accepted"].GetInt32(), answer["rejected"].GetArrayLength(), answer["rejectedTotal"].GetInt32()));
        Assert.Equal(1002, answer["rejected"][999].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task A_head_in_thousands_of_pieces_is_read()
    {
        async IAsyncEnumerable<string> Pieces()
        {
            yield return """{"name": "Stream", "subject": "Hello", "text": "Hello", "attachments": [{"name": "a.bin", "content": """ + $"\"{Convert.ToBase64String(new byte[5_000_000])}\"}}]}}";
            yield return LineStream.Person(1);
            await Task.CompletedTask;
        }

        var answer = await program.PostAsync(Mailings, new LineStream(Pieces()));

        Assert.Equal(5_000_000, await program.CountAsync($"SELECT LENGTH(\"Content\") FROM \"MailingAttachments\" WHERE \"MailingId\" = {answer["mailingId"].GetString()}"));
    }

    /// <summary>The most of four looks: each counts what is really held, for which everything else in this process has to stand still.</summary>
    private async Task<long> PeakAsync(int lines)
    {
        var peak = 0L;
        var answer = await program.PostAsync(Mailings, new LineStream(LineStream.People(lines, i =>
        {
            if (i % (lines / 4) == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            }
        })));
        Assert.Equal(lines, answer["accepted"].GetInt32());
        return peak;
    }
}
