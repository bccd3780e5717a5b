using System.Text;

namespace Signify.Notifications.Microsoft365;

/// <summary>Stands between MSAL and the wire for one token request: keeps the clock of the answer, and takes refusals past MSAL.</summary>
internal sealed class EntraListener(TimeProvider time) : DelegatingHandler
{
    private const int BodyLimit = 64 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public TimeSpan? ClockSkew { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Date is { } date)
        {
            ClockSkew = date - time.GetUtcNow();
        }

        var body = await ReadBoundedAsync(response.Content, cancellationToken);
        if (response.IsSuccessStatusCode && EntraAnswer.HoldsToken(body))
        {
            response.Content.Dispose();
            response.Content = new StringContent(body, Encoding.UTF8, "application/json");
            return response;
        }

        // MSAL trips over a success that is none of Entra's, such as the sign-in page of a network.
        using (response)
        {
            throw new EntraRefusedException(EntraAnswer.Read(response.StatusCode, body) with { RetryAfter = RetryAfter(response) });
        }
    }

    // A date is measured by the clock that set it. At least a second, so that a zero does not become a request loop.
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var headers = response.Headers;
        var asked = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date is { } until
            ? until - (headers.Date ?? time.GetUtcNow())
            : null);
        return asked is { } wait ? TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, LongestWait.TotalSeconds)) : null;
    }

    internal static async Task<string> ReadBoundedAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[BodyLimit];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
