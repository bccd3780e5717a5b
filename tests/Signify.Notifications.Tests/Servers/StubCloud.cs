using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Signify.Notifications.Tests.Servers;

/// <summary>Entra's token endpoint, openid-configuration and Graph's <c>sendMail</c> at the socket: one tenant with one app, until told otherwise.</summary>
public sealed class StubCloud : IAsyncDisposable
{
    public const string Tenant = "11111111-2222-4333-8444-555555555555";
    public const string Client = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    public const string Secret = "Xy78Q~.the-value-of-a-secret_0123456789abc";
    public const string ObjectId = "99999999-8888-4777-8666-555555555555";

    private readonly LoopbackListener _listener;
    private readonly Signals<CloudPlace> _signals = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly ConcurrentDictionary<CloudPlace, Func<StubRequest, StubReply>> _script = new();

    public StubCloud() => _listener = new LoopbackListener(ServeAsync);

    public int Port => _listener.Port;

    public string Host => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    public IReadOnlyList<string> ExchangeRoles { get; set; } = ["SMTP.SendAsApp"];

    public IReadOnlyList<string> GraphRoles { get; set; } = ["Mail.Send"];

    /// <summary>What the app may sign in with.</summary>
    public StubCredentials Credentials { get; } = new();

    public X509Certificate2 Certificate { get; set; } = TestCertificates.Good;

    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public int Count(CloudPlace place) => _requests.Count(r => r.Place == place);

    /// <summary>Ends when somebody has asked there.</summary>
    public Task Reached(CloudPlace place) => _signals.Reached(place);

    public void Answer(CloudPlace place, StubReply reply) => _script[place] = _ => reply;

    public void Answer(CloudPlace place, Func<StubRequest, StubReply> reply) => _script[place] = reply;

    public void AnswerTokens(StubReply reply)
    {
        Answer(CloudPlace.ExchangeToken, reply);
        Answer(CloudPlace.GraphToken, reply);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private StubReply Usual(StubRequest request) => request.Place switch
    {
        CloudPlace.Tenant => request.Path.Contains(Tenant, StringComparison.Ordinal)
            ? new StubReply(200, $$"""{"issuer":"https://{{Host}}/{{Tenant}}/v2.0","token_endpoint":"https://{{Host}}/{{Tenant}}/oauth2/v2.0/token"}""")
            : StubReply.Aadsts(90002),
        CloudPlace.ExchangeToken => Token(request, "https://outlook.office365.com", ExchangeRoles),
        CloudPlace.GraphToken => Token(request, "https://graph.microsoft.com", GraphRoles),
        CloudPlace.SendMail => new StubReply(202, "").With("request-id", "receipt-of-graph"),
        _ => new StubReply(404, ""),
    };

    private StubReply Token(StubRequest request, string audience, IReadOnlyList<string> roles)
    {
        if (!request.Path.Contains(Tenant, StringComparison.Ordinal))
        {
            return StubReply.Aadsts(90002);
        }

        return (request.Form.GetValueOrDefault("client_id"), Credentials.Refusal(request.Form)) switch
        {
            (Client, null) => TokenReply(TestToken.Mint(audience, roles)),
            (Client, { } code) => StubReply.Aadsts(code, "invalid_client", 401),
            _ => StubReply.Aadsts(700016, "unauthorized_client"),
        };
    }

    public static StubReply TokenReply(string token) =>
        new(200, $$"""{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"{{token}}"}""");

    private async Task ServeAsync(NetworkStream socket, CancellationToken stop)
    {
        await using var tls = new SslStream(socket);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop);
        using var reader = new StreamReader(tls, Encoding.Latin1);
        var request = await ReadAsync(reader, stop);
        _requests.Enqueue(request);
        _signals.Raise(request.Place);
        var reply = _script.GetValueOrDefault(request.Place, Usual)(request);
        await reply.Until.WaitAsync(stop);
        await (reply.Raw is { } raw ? raw(tls, stop) : WriteAsync(tls, reply, stop));
    }

    private static async Task<StubRequest> ReadAsync(StreamReader reader, CancellationToken stop)
    {
        var line = await reader.ReadLineAsync(stop) ?? throw new EndOfStreamException();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(stop) is { Length: > 0 } header)
        {
            headers[header[..header.IndexOf(':', StringComparison.Ordinal)]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        var body = new char[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        if (body.Length > 0)
        {
            await reader.ReadBlockAsync(body, stop);
        }

        return new StubRequest(Place(line, new string(body)), line, headers, new string(body));
    }

    private static CloudPlace Place(string line, string body) => line switch
    {
        _ when line.Contains("/.well-known/openid-configuration", StringComparison.Ordinal) => CloudPlace.Tenant,
        _ when line.Contains("/sendMail", StringComparison.Ordinal) => CloudPlace.SendMail,
        _ when !line.Contains("/oauth2/v2.0/token", StringComparison.Ordinal) => CloudPlace.Elsewhere,
        _ when Uri.UnescapeDataString(body).Contains("graph.microsoft.com", StringComparison.Ordinal) => CloudPlace.GraphToken,
        _ => CloudPlace.ExchangeToken,
    };

    private static async Task WriteAsync(SslStream tls, StubReply reply, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes(reply.Body);
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Scripted\r\nContent-Length: {body.Length}\r\nConnection: close\r\n");
        if (body.Length > 0)
        {
            head.Append("Content-Type: ").Append(reply.ContentType).Append("\r\n");
        }

        foreach (var (name, value) in reply.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        await tls.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stop);
        await tls.WriteAsync(body.AsMemory(0, reply.CutAt ?? body.Length), stop);
        await tls.FlushAsync(stop);
    }
}
