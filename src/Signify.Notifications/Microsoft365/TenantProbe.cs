using System.Net;
using System.Text.Json;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Microsoft365;

/// <summary>Asks the token service, without credentials, whether it knows a tenant.</summary>
public sealed class TenantProbe(CloudHttp http)
{
    /// <exception cref="TransportUnavailableException">The token service could not be reached.</exception>
    public async Task<TenantAnswer> AskAsync(Cloud cloud, string tenant, CancellationToken ct)
    {
        using var client = http.Client(cloud);
        try
        {
            var address = new Uri(cloud.Authority, $"/{Uri.EscapeDataString(tenant)}/v2.0/.well-known/openid-configuration");
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
            var body = await EntraListener.ReadBoundedAsync(response.Content, ct);
            return response.StatusCode == HttpStatusCode.OK ? Known(body) : Refused(EntraAnswer.Read(response.StatusCode, body));
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            throw EntraFindings.Unreachable(ex, cloud);
        }
    }

    private static TenantAnswer Known(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var issuer = json.RootElement.TryGetProperty("issuer", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var id = issuer?.Split('/').Select(part => Guid.TryParse(part, out var guid) ? guid : (Guid?)null).FirstOrDefault(g => g is not null);
            return new TenantAnswer(TenantKnowledge.Known, id?.ToString("D"), null);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return new TenantAnswer(TenantKnowledge.NoAnswer, null, "HTTP 200 without an openid-configuration");
        }
    }

    private static TenantAnswer Refused(EntraAnswer answer) => new(
        answer.Codes.Any(EntraFindings.MeansTenantUnknown) ? TenantKnowledge.Unknown
        : answer.Codes.Any(EntraFindings.MeansOtherCloud) ? TenantKnowledge.OtherCloud
        : TenantKnowledge.NoAnswer,
        null,
        answer.Words());
}
