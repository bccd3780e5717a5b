namespace Signify.Notifications.Tests.Servers;

/// <summary>What can be asked of the stub cloud.</summary>
public enum CloudPlace
{
    Tenant,
    ExchangeToken,
    GraphToken,
    SendMail,
    Elsewhere,
}

/// <summary>A request as it reached the stub cloud.</summary>
public sealed record StubRequest(CloudPlace Place, string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Line.Split(' ')[1];

    public IReadOnlyDictionary<string, string> Form => Body.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
}

/// <summary>What the stub cloud answers.</summary>
public sealed record StubReply(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The answer waits for this.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>Sends only so many bytes of the body, then hangs up.</summary>
    public int? CutAt { get; init; }

    /// <summary>Answers with anything at all, in the place of HTTP.</summary>
    public Func<Stream, CancellationToken, Task>? Raw { get; init; }

    /// <summary>Takes the request and never answers.</summary>
    public static StubReply Never => new(0, "") { Until = new TaskCompletionSource().Task };

    /// <summary>A refusal as Entra words it.</summary>
    public static StubReply Aadsts(int number, string error = "invalid_request", int status = 400) => new(status,
        $$"""{"error":"{{error}}","error_description":"AADSTS{{number}}: Words of Entra. Trace ID: 7f5c0000-aaaa Correlation ID: 1b2c0000-bbbb","error_codes":[{{number}}],"trace_id":"7f5c0000-aaaa"}""");

    /// <summary>A refusal as Graph words it.</summary>
    public static StubReply GraphError(int status, string code, string message = "Words of Graph.") =>
        new(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");

    public StubReply With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}
