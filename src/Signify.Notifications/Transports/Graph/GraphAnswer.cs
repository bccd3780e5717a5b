using System.Net;
using System.Text.Json;

namespace Signify.Notifications.Transports.Graph;

/// <summary>What Graph answered to <c>sendMail</c>.</summary>
/// <param name="RequestId">By which Microsoft finds the request; "" when there is none.</param>
/// <param name="Body">"" where it was accepted, or where it did not come whole.</param>
/// <param name="RetryAfter">Of the header of that name, in either form, to the second and at most a day; null without one.</param>
internal sealed record GraphAnswer(HttpStatusCode Status, string RequestId, string Body, TimeSpan? RetryAfter)
{
    /// <summary>Graph has the message. A <c>Retry-After</c> beside it speaks of the next one and is no reason to send it again.</summary>
    public bool Accepted => Status == HttpStatusCode.Accepted;

    /// <summary>Graph's name for the error; null where it gave none.</summary>
    public string? Error { get; } = ErrorOf(Body);

    /// <summary>
    /// Whether Graph itself responded: it gives each request an ID, and each error a code. A response with neither comes from a proxy,
    /// a firewall or a network sign-in page, and says nothing about the message, the app or the mailbox.
    /// </summary>
    public bool IsGraphs => RequestId.Length > 0 || Error is not null;

    public string Words => Accepted ? $"202 Accepted, request-id {RequestId}" : $"HTTP {(int)Status}, {(RequestId.Length > 0 ? $"request-id {RequestId}" : "no request-id")}: {Body}";

    private static string? ErrorOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                && code.GetString() is { Length: > 0 } name
                    ? name
                    : null;
        }
        // The second comes of half a character that is escaped in the JSON.
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
