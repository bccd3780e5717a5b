using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Identity.Client;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>Tokens by MSAL. The only file that mentions it.</summary>
public sealed class AccessTokens(Clouds clouds, CloudHttp http, TimeProvider time) : IAccessTokens
{
    public async Task<AccessToken> AcquireFreshAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct)
    {
        var cloud = clouds.Find(settings.Cloud) ?? throw new InvalidOperationException($"The cloud {settings.Cloud} is not configured.");
        using var listener = new EntraListener(time);
        try
        {
            var app = Build(settings, cloud, new KeptClient(http.Client(cloud, listener)));
            var result = await app.AcquireTokenForClient([resource == TokenResource.Exchange ? cloud.SmtpScope : cloud.GraphScope])
                .WithForceRefresh(true)
                .ExecuteAsync(ct);
            return new AccessToken(new SecretText(result.AccessToken), result.ExpiresOn, TokenClaims.TryRead(result.AccessToken))
            {
                ClockSkew = listener.ClockSkew,
            };
        }
        catch (EntraRefusedException ex)
        {
            throw new TransportUnavailableException(EntraFindings.For(ex.Answer, resource, settings, cloud), ex.Answer.Words(), ex);
        }
        // An answer that says success and is none of Entra's.
        catch (MsalException ex) when (ex is MsalServiceException || ex.ErrorCode == MsalError.JsonParseError)
        {
            throw new TransportUnavailableException(EntraFindings.Interfered(cloud), ex.ErrorCode, ex);
        }
        catch (MsalClientException ex)
        {
            throw new TransportUnavailableException(EntraFindings.Unusable(ex.ErrorCode), ex.ErrorCode, ex);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or SocketException or AuthenticationException)
        {
            throw EntraFindings.Unreachable(ex, cloud);
        }
    }

    // A fresh application object for each call: its cache is empty, so a token of an older secret cannot answer.
    private static IConfidentialClientApplication Build(NotificationSettings settings, Cloud cloud, IMsalHttpClientFactory client)
    {
        var secret = settings.ClientSecret ?? throw new InvalidOperationException("Settings with tokens and without a secret.");
        return ConfidentialClientApplicationBuilder.Create(settings.ClientId)
            .WithAuthority(new Uri(cloud.Authority, $"/{settings.TenantId}").AbsoluteUri, validateAuthority: false)
            .WithClientSecret(secret.Reveal())
            // The authority is from our own table; asking another host to confirm it would only add a way to fail.
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(client, retryOnceOn5xx: false)
            .WithLegacyCacheCompatibility(false)
            .WithClientName("Signify Notifications")
            .Build();
    }

    private sealed class KeptClient(HttpClient client) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => client;
    }
}
