using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MimeKit;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Graph;

/// <summary>Sends a message by Microsoft Graph's <c>sendMail</c>, as MIME.</summary>
public sealed class GraphMail(Clouds clouds, CloudHttp http)
{
    /// <returns>Graph's receipt: its request ID.</returns>
    /// <exception cref="TransportUnavailableException">Graph refused, or the link broke.</exception>
    public async Task<string> SendAsync(NotificationSettings settings, AccessToken token, MimeMessage message, CancellationToken ct)
    {
        var cloud = clouds.Find(settings.Cloud) ?? throw new InvalidOperationException($"The cloud {settings.Cloud} is not configured.");
        using var client = http.Client(cloud);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(cloud, settings.FromEmail));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Reveal());
        request.Headers.Add("client-request-id", Guid.NewGuid().ToString("D"));
        request.Content = new StringContent(await Base64Async(message, ct), Encoding.ASCII, "text/plain");
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var id = response.Headers.TryGetValues("request-id", out var ids) ? ids.First() : "";
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                return $"202 Accepted, request-id {id}";
            }

            var body = await EntraListener.ReadBoundedAsync(response.Content, ct);
            throw new TransportUnavailableException(
                GraphFindings.For(response.StatusCode, body, settings, cloud), $"HTTP {(int)response.StatusCode}, request-id {id}: {body}");
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            throw new TransportUnavailableException(Broken(ex, cloud), ex.Message, ex);
        }
    }

    private static Uri Address(Cloud cloud, string mailbox)
    {
        var root = cloud.Graph.AbsoluteUri.TrimEnd('/');
        var version = root.EndsWith("/v1.0", StringComparison.OrdinalIgnoreCase) ? "" : "/v1.0";
        return new Uri($"{root}{version}/users/{Uri.EscapeDataString(mailbox)}/sendMail");
    }

    private static async Task<string> Base64Async(MimeMessage message, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await message.WriteToAsync(buffer, ct);
        return Convert.ToBase64String(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static Finding Broken(Exception ex, Cloud cloud) => CertificateRefusedException.In(ex) is { } verdict
        ? TlsFindings.For(verdict, cloud.Graph.Host, SettingsField.Cloud)!
        : new Finding(FindingCode.LinkLost,
            $"The connection to {cloud.Graph.Host} broke.", "Look whether the message arrived before you try again.");
}
