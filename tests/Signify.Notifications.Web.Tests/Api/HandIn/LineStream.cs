using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>A body of NDJSON made while it is sent: a head, then line after line.</summary>
internal sealed class LineStream : HttpContent
{
    public const string Head = """{"name": "Stream", "subject": "Hello", "text": "Hello"}""";

    private readonly IAsyncEnumerable<string> _lines;

    public LineStream(IAsyncEnumerable<string> lines)
    {
        _lines = lines;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    public static string Person(int i) => $$"""{"to": "person{{i}}@contoso.com", "fields": {"name": "Person number {{i}}", "city": "Lund"} }""";

    public static async IAsyncEnumerable<string> People(int count, Action<int>? each = null)
    {
        yield return Head;
        for (var i = 1; i <= count; i++)
        {
            each?.Invoke(i);
            yield return Person(i);
        }

        await Task.CompletedTask;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var some = new StringBuilder();
        await foreach (var line in _lines)
        {
            some.Append(line).Append('\n');
            if (some.Length > 16_000 || line.Length == 0)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(some.ToString()));
            await stream.FlushAsync();
            some.Clear();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
