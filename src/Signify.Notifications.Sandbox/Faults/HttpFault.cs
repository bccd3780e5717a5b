namespace Signify.Notifications.Sandbox.Faults;

/// <summary>What the token endpoint or Graph answers in place of the right thing.</summary>
public sealed record HttpFault
{
    /// <summary>Null: the usual answer, after the delay.</summary>
    public int? Status { get; init; }

    public string Body { get; init; } = "";

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public TimeSpan Delay { get; init; }

    /// <summary>The connection is reset without an answer.</summary>
    public bool Drop { get; init; }

    public bool Stall { get; init; }

    /// <summary>Something on the network path responds, not Microsoft: without the request IDs that Graph gives.</summary>
    public bool FromStranger { get; init; }

    /// <summary>Graph: the message is kept although the client is told otherwise, or nothing.</summary>
    public bool KeepMessage { get; init; }

    /// <summary>What it does, in words.</summary>
    public override string ToString() => string.Join(", ", Deeds());

    private IEnumerable<string> Deeds()
    {
        if (Delay > TimeSpan.Zero)
        {
            yield return $"waits {Delay.TotalSeconds:0.#} s";
        }

        if (KeepMessage)
        {
            yield return "keeps the message";
        }

        yield return this switch
        {
            { Stall: true } => "says nothing more",
            { Drop: true } => "resets the connection",
            { Status: { } status } => $"answers {status}{(Body.Length > 0 ? $" {Body}" : "")}",
            _ => "answers as usual",
        };
    }

    public static HttpFault Answer(int status, string body = "") => new() { Status = status, Body = body };

    /// <summary>A page of a proxy or a web filter.</summary>
    public static HttpFault Page(int status, string html) =>
        new() { Status = status, Body = html, ContentType = "text/html; charset=utf-8", FromStranger = true };

    public static HttpFault TooManyRequests(int retryAfterSeconds) => new()
    {
        Status = StatusCodes.Status429TooManyRequests,
        Headers = new Dictionary<string, string> { ["Retry-After"] = $"{retryAfterSeconds}" },
        Body = """{"error":{"code":"ApplicationThrottled","message":"Application is over its MailboxConcurrency limit."}}""",
    };
}
