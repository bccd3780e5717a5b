using System.Net;
using System.Net.Http.Headers;
using MimeKit;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Graph;

/// <summary>
/// Microsoft Graph's <c>sendMail</c> with a message in MIME. The recipients are those of its To and Cc headers: there is no
/// envelope beside it, and so nobody who is not named in it.
/// </summary>
public sealed class GraphMail(Clouds clouds, CloudHttp http, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <returns>Graph's receipt: its request ID.</returns>
    /// <exception cref="TransportUnavailableException">Graph refused, or the link broke.</exception>
    public async Task<string> SendAsync(NotificationSettings settings, AccessToken token, MimeMessage message, CancellationToken ct)
    {
        using var mime = new MemoryStream();
        await message.WriteToAsync(mime, ct);
        var passed = false;
        using var content = new Base64Content(mime.GetBuffer().AsMemory(0, (int)mime.Length), () => passed = true);
        try
        {
            var answer = await PostAsync(settings, token, content, ct);
            return answer.Accepted ? answer.Words : throw new TransportUnavailableException(GraphFindings.AllOf(answer, token.Claims, settings, CloudOf(settings)), answer.Words);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            throw new TransportUnavailableException(GraphFindings.Broken(ex, CloudOf(settings), passed), ex.Message, ex);
        }
    }

    /// <summary>One request, never repeated.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    internal async Task<GraphAnswer> PostAsync(NotificationSettings settings, AccessToken token, Base64Content content, CancellationToken ct)
    {
        var cloud = CloudOf(settings);
        using var client = http.Client(cloud);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(cloud, settings.FromEmail)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Reveal());
        request.Headers.Add("client-request-id", Guid.NewGuid().ToString("D"));
        using var span = GraphSpan.Start(cloud);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var id = response.Headers.TryGetValues("request-id", out var ids) ? ids.First() : "";
        span?.Answered(response.StatusCode, id);
        var body = response.StatusCode == HttpStatusCode.Accepted ? "" : await BodyAsync(response.Content, ct);
        return new GraphAnswer(response.StatusCode, id, body, RetryAfter(response.Headers));
    }

    internal Cloud CloudOf(NotificationSettings settings) => clouds.Get(settings.Cloud);

    // The status is known and says most: words that break off or do not come change nothing.
    private static async Task<string> BodyAsync(HttpContent content, CancellationToken ct)
    {
        try
        {
            return await EntraListener.ReadBoundedAsync(content, ct);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or OperationCanceledException)
        {
            return "";
        }
    }

    // A date is measured by the clock that set it. Never nothing: whoever comes back at once comes back for ever.
    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var asked = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date is { } until ? until - (headers.Date ?? time.GetUtcNow()) : null);
        return asked is { } wait ? TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, LongestWait.TotalSeconds)) : null;
    }

    private static Uri Address(Cloud cloud, string mailbox)
    {
        var root = cloud.Graph.AbsoluteUri.TrimEnd('/');
        var version = root.EndsWith("/v1.0", StringComparison.OrdinalIgnoreCase) ? "" : "/v1.0";
        return new Uri($"{root}{version}/users/{Uri.EscapeDataString(mailbox)}/sendMail");
    }
}
