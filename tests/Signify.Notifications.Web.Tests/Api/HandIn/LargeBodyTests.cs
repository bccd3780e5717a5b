using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Api;
using static Signify.Notifications.Web.Tests.Api.HandIn.HandInProgram;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>Memory for JSON bodies: values, errors and large bodies at a time are bounded.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class LargeBodyTests(HandInProgram program) : IClassFixture<HandInProgram>
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HandInProgram.Notifications, "{\"cc\": [", "0,")]
    [InlineData(Mailings, "{\"recipients\": [", "[],")]
    [InlineData(Mailings, "{\"recipients\": [{\"fields\": {\"a\": [", "0,")]
    public async Task A_body_is_refused_as_soon_as_it_holds_too_many_values(string path, string start, string item)
    {
        var content = new RepeatedContent(start, item, 63 * Megabyte);

        var answer = await program.PostAsync(path, content);

        answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("1000000 values", answer["detail"].GetString(), StringComparison.Ordinal);
        Assert.InRange(content.Sent, 1, 12 * Megabyte);
    }

    [Fact]
    public async Task The_head_of_a_stream_must_not_hold_too_many_values()
    {
        var head = $"{{\"attachments\": [{string.Concat(Enumerable.Repeat("0,", 1_000_000))}0]}}";

        (await program.PostLinesAsync(null, head)).AssertProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public void Reading_63_MB_of_values_allocates_a_few_MB()
    {
        var body = Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("0,", 31 * Megabyte)) + "0]");

        var allocated = AllocatedBy(body);

        Assert.InRange(allocated, 1, 16 * Megabyte);
    }

    [Fact]
    public void Reading_63_MB_of_one_text_allocates_its_bytes_and_no_text()
    {
        var body = Encoding.UTF8.GetBytes($"{{\"text\": \"{new string('x', 63 * Megabyte)}\"}}");

        var allocated = AllocatedBy(body);

        // The buffer as it doubled to 64 MiB, and the table of the parser, which takes no more than the next power of two.
        Assert.InRange(allocated, 1, 300 * Megabyte);
    }

    [Fact]
    public async Task Of_many_errors_a_hundred_are_listed_and_all_are_counted()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"unknown{i}\": 1"));

        var notification = await program.PostAsync(HandInProgram.Notifications, $"{{{unknown}}}");
        var settings = await program.Program.SaveTextAsync($"{{{unknown}}}");

        Assert.All([notification, settings], answer =>
        {
            answer.AssertProblem(HttpStatusCode.BadRequest);
            Assert.Equal(100, answer.Names("errors").Count);
            Assert.Equal(150, answer["errorsTotal"].GetInt32());
            Assert.Contains("100 of 150 errors are listed.", answer["detail"].GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Errors_of_attachments_are_listed_to_a_hundred_too()
    {
        var files = string.Join(',', Enumerable.Repeat("{\"a\": 1, \"b\": 1, \"c\": 1}", 50));

        var answer = await program.PostAsync(HandInProgram.Notifications, $$"""{"to": "a@contoso.com", "subject": "x", "text": "x", "attachments": [{{files}}]}""");

        Assert.Equal((100, 200), (answer.Names("errors").Count, answer["errorsTotal"].GetInt32()));
    }

    [Fact]
    public async Task An_object_with_too_many_properties_and_a_long_name_are_reported_in_a_short_answer()
    {
        var many = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"p{i}\": 1"));
        var longName = new string('n', 500_000);

        var properties = await program.PostAsync(HandInProgram.Notifications, $"{{{many}}}");
        var name = await program.PostAsync(HandInProgram.Notifications, $"{{\"{longName}\": 1}}");

        Assert.All([properties, name], answer =>
        {
            answer.AssertProblem(HttpStatusCode.BadRequest);
            Assert.InRange(answer.Text.Length, 1, 20_000);
        });
    }

    [Fact]
    public async Task While_two_large_bodies_arrive_a_third_is_answered_503_with_Retry_After()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arriving = Enumerable.Range(0, 2).Select(_ => program.PostAsync(HandInProgram.Notifications, new HeldContent(Large(), go.Task))).ToList();

        var large = program.Program.Services.GetRequiredService<LargeBodies>();
        while (large.Free > 0)
        {
            await Task.Yield();
        }

        var third = await program.PostAsync(HandInProgram.Notifications, Large());
        var ofUnknownLength = await program.PostAsync(HandInProgram.Notifications, new HeldContent(Large(), Task.CompletedTask));
        var asHead = await program.PostLinesAsync(null, LargeHead(), LineStream.Person(1));
        var small = await program.PostAsync(HandInProgram.Notifications, """{"to": "a@contoso.com", "subject": "x", "text": "x"}""");
        var smallHead = await program.PostLinesAsync(null, LineStream.Head, LineStream.Person(1));
        go.SetResult();
        Assert.All([third, ofUnknownLength, asHead], answer =>
        {
            answer.AssertProblem(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("5", answer.Response.Headers.RetryAfter?.ToString());
            Assert.Contains("Nothing was queued.", answer["detail"].GetString(), StringComparison.Ordinal);
        });
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (small.Status, smallHead.Status));
        Assert.All(await Task.WhenAll(arriving), answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.Equal(HttpStatusCode.Accepted, (await program.PostAsync(HandInProgram.Notifications, Large())).Status);
    }

    [Fact]
    public async Task A_large_body_that_does_not_arrive_in_time_is_answered_408_and_frees_its_place()
    {
        await using var hasty = await StartAsync(("HandIn:LargeBodySeconds", "1"), ("HandIn:LargeBodies", "1"));
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var late = await hasty.PostAsync(HandInProgram.Notifications, new HeldContent(Large(), never.Task));
        never.SetResult();

        Assert.Equal(HttpStatusCode.RequestTimeout, late.Status);
        ApiAnswer next;
        while ((next = await hasty.PostAsync(HandInProgram.Notifications, Large())).Status == HttpStatusCode.ServiceUnavailable)
        {
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.Accepted, next.Status);
    }

    [Fact]
    public async Task The_body_of_a_test_message_is_bounded()
    {
        var answer = await program.Program.PostAsync(ApiCalls.Settings + "/test-message", new { to = new string('x', Megabyte) });

        answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    private static string Large() => Message("""{"to": "a@contoso.com", """);

    private static string LargeHead() => Message("""{"name": "Large", """);

    private static string Message(string start) =>
        start + $$"""
            "subject": "x", "text": "x", "attachments": [{"name": "a.bin", "content": "{{Convert.ToBase64String(new byte[2 * Megabyte])}}"}]}
            """;

    /// <summary>Bytes that this thread allocates to read a body as far as it is read: nothing waits, so all of it runs on this thread.</summary>
    private static long AllocatedBy(byte[] body)
    {
        var limits = new HandInOptions();
        using var large = new LargeBodies(Microsoft.Extensions.Options.Options.Create(limits));
        using var slot = large.NewSlot(Stop);
        using var stream = new MemoryStream(body);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = JsonBodyReader.ReadAsync(stream, limits, slot);

        Assert.True(read.IsCompletedSuccessfully);
        using var json = read.Result.Json;
        if (json is not null)
        {
            HandInBodyReader.Notification(json.RootElement, limits, new ValidationErrors());
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Sends a text and ends when it may.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly byte[] _text;
        private readonly Task _mayEnd;

        public HeldContent(string text, Task mayEnd)
        {
            (_text, _mayEnd) = (Encoding.UTF8.GetBytes(text), mayEnd);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_text);
            await stream.FlushAsync();
            await _mayEnd;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>The same item over and over, and how many bytes of it were taken.</summary>
    private sealed class RepeatedContent : HttpContent
    {
        private readonly byte[] _start;
        private readonly byte[] _items;
        private readonly long _length;

        public RepeatedContent(string start, string item, long length)
        {
            (_start, _items, _length) = (Encoding.UTF8.GetBytes(start), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(item, 4096))), length);
            Headers.ContentType = new("application/json");
        }

        public long Sent { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(_start, cancellationToken);
            for (; Sent < _length; Sent += _items.Length)
            {
                await stream.WriteAsync(_items, cancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
