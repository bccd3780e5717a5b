using System.Text;

namespace Signify.Notifications.Tests.Servers;

/// <summary>Answers that no service of Microsoft's gives, and that something in between may.</summary>
internal static class HostileHttp
{
    // It says that it closes: else the token might be asked for over a connection that is about to go.
    private const string Head = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\n";

    private static readonly string Error = """{"error":"invalid_client","error_codes":[7000215],"error_description":"AADSTS7000215: Invalid client secret provided."}""";

    public static IReadOnlyDictionary<string, StubReply> All { get; } = new Dictionary<string, StubReply>
    {
        ["cut off"] = new(400, Error[..40]),
        ["cut off in a promise of more"] = new StubReply(400, Error) { CutAt = 40 },
        ["an unfinished success"] = new(200, """{"token_type":"Bearer","expires_in":3599,"access_to"""),
        ["five megabytes of JSON"] = new(400, $$"""{"error":"{{new string('x', 5_000_000)}}"}"""),
        ["a long list"] = new(400, $$"""{"error_codes":[{{string.Join(',', Enumerable.Repeat("7000215", 5_000))}}]}"""),
        ["numbers beyond all bounds"] = new(400, """{"error":"invalid_client","error_codes":[99999999999999999999,1e400,-1,0.5]}"""),
        ["nested deep"] = new(400, new string('[', 20_000) + new string(']', 20_000)),
        ["nested deep in the error"] = new(400, $$"""{"error":{{string.Concat(Enumerable.Repeat("""{"error":""", 60))}}1{{new string('}', 60)}}}"""),
        ["half a character"] = new(400, """{"error":"\ud800","error_description":"AADSTS7000215: \udc00","error_codes":["\ud800"]}"""),
        ["NUL in it"] = new(400, "{\"error\":\"invalid_client\0\",\0\"error_codes\":[7000215]}"),
        ["no text"] = Raw(Head + "Content-Length: 12\r\n\r\n", [0xFF, 0xFE, 0x00, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF8, 0x88, 0x80, 0x80]),
        ["Chinese"] = new(400, """{"error":"无效的客户端","error_description":"提供的客户端密码无效。"}"""),
        ["Arabic from a proxy"] = new(407, "<html dir=rtl><title>مطلوب تسجيل الدخول</title></html>") { ContentType = "text/html; charset=utf-8" },
        ["a page of a proxy"] = new(403, "<!DOCTYPE html><html><head><title>Blocked</title></head><body><h1>Contoso Web Filter</h1></body></html>") { ContentType = "text/html" },
        ["a page with success"] = new(200, "<html><script>location='https://portal.hotel.example'</script></html>") { ContentType = "text/html" },
        ["another type"] = new(400, Error) { ContentType = "image/png; charset=nonsense" },
        ["a redirect"] = new StubReply(302, "").With("Location", "https://stranger.example/"),
        ["a redirect to nowhere"] = new StubReply(308, "").With("Location", "::::"),
        ["a status of no class"] = new(999, "{}"),
        ["nothing"] = new(200, ""),
        ["no HTTP"] = Raw("SSH-2.0-OpenSSH_9.6\r\n", []),
        ["two lengths"] = Raw(Head + "Content-Length: 5\r\nContent-Length: 7\r\n\r\n{}", []),
        ["a bad chunk"] = Raw(Head + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n", []),
        ["a hundred times continue"] = Raw(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100)) + Head + "Content-Length: 2\r\n\r\n{}", []),
        ["headers without end"] = Endless(Head, "X-More: and more\r\n"),
        ["a header without end"] = Endless(Head + "X-More: ", "and more "),
        ["a status line without end"] = Endless("HTTP/1.1 400 ", "and more "),
        ["a body without end"] = Endless(Head + "Transfer-Encoding: chunked\r\n\r\n", "5\r\nxxxxx\r\n"),
    };

    /// <summary>These end with the Timeout of the settings, and take so long to test.</summary>
    public static IReadOnlyDictionary<string, StubReply> Slow { get; } = new Dictionary<string, StubReply>
    {
        ["never"] = StubReply.Never,
        ["a byte a second"] = new(400, "") { Raw = (to, ct) => DripAsync(to, Head + "Content-Length: 2000\r\n\r\n", ct) },
        ["a body of a byte a second"] = new(400, "")
        {
            Raw = async (to, ct) =>
            {
                await to.WriteAsync(Encoding.ASCII.GetBytes(Head + "Content-Length: 2000\r\n\r\n"), ct);
                await DripAsync(to, new string(' ', 2000), ct);
            },
        },
    };

    private static StubReply Raw(string head, byte[] body) => new(400, "")
    {
        Raw = async (to, ct) =>
        {
            await to.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], ct);
            await to.FlushAsync(ct);
        },
    };

    private static StubReply Endless(string head, string more) => new(400, "")
    {
        Raw = async (to, ct) =>
        {
            await to.WriteAsync(Encoding.ASCII.GetBytes(head), ct);
            var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(more, 500)));
            while (true)
            {
                await to.WriteAsync(block, ct);
            }
        },
    };

    private static async Task DripAsync(Stream to, string text, CancellationToken ct)
    {
        foreach (var octet in Encoding.ASCII.GetBytes(text))
        {
            await to.WriteAsync(new[] { octet }, ct);
            await to.FlushAsync(ct);
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }
    }
}
