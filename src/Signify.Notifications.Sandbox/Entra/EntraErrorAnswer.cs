using System.Globalization;
using System.Text.Json.Serialization;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>Entra's JSON around an error.</summary>
internal sealed record EntraErrorAnswer
{
    [JsonPropertyName("error")]
    public required string Error { get; init; }

    [JsonPropertyName("error_description")]
    public required string Description { get; init; }

    [JsonPropertyName("error_codes")]
    public required int[] Codes { get; init; }

    [JsonPropertyName("timestamp")]
    public required string Timestamp { get; init; }

    [JsonPropertyName("trace_id")]
    public required Guid TraceId { get; init; }

    [JsonPropertyName("correlation_id")]
    public required Guid CorrelationId { get; init; }

    [JsonPropertyName("error_uri")]
    public required string ErrorUri { get; init; }

    public static async Task WriteAsync(HttpContext context, EntraError error, Uri authority, DateTimeOffset now)
    {
        var trace = Guid.NewGuid();
        var correlation = Guid.TryParse(context.Request.Headers["client-request-id"], out var sent) ? sent : Guid.NewGuid();
        var timestamp = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        context.Response.StatusCode = error.Status;
        if (error.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        await context.Response.WriteAsJsonAsync(
            new EntraErrorAnswer
            {
                Error = error.Error,
                Description = $"AADSTS{error.Code}: {error.Text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}",
                Codes = [error.Code],
                Timestamp = timestamp,
                TraceId = trace,
                CorrelationId = correlation,
                ErrorUri = new Uri(authority, $"/error?code={error.Code}").AbsoluteUri,
            },
            context.RequestAborted);
    }
}
