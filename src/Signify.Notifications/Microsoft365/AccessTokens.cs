using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Microsoft365;

/// <summary>Tokens by MSAL. The only file that mentions it.</summary>
public sealed class AccessTokens(Clouds clouds, CloudHttp http, WorkloadIdentity workload, Instruments instruments, TimeProvider time) : IAccessTokens
{
    public Task<AccessToken> AcquireFreshAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct)
    {
        var cloud = clouds.Get(settings.Cloud);
        return TokenMeasure.OfAsync(instruments, time, cloud.Authority.Host, resource, () => AcquireAsync(settings, cloud, resource, ct));
    }

    private async Task<AccessToken> AcquireAsync(NotificationSettings settings, Cloud cloud, TokenResource resource, CancellationToken ct)
    {
        using var listener = new EntraListener(time);
        try
        {
            using var certificate = settings.Credential == CredentialKind.Certificate ? Load(settings) : null;
            var app = await BuildAsync(settings, cloud, certificate, new KeptClient(http.Client(cloud, listener)), ct);
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
            var findings = CredentialCauses.Fit(EntraFindings.For(ex.Answer, resource, settings, cloud), settings.Credential);
            throw new TransportUnavailableException(findings, ex.Answer.Words(), ex) { RetryAfter = ex.Answer.RetryAfter };
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
        catch (Exception ex) when (ex is HttpRequestException or IOException or SocketException
            or AuthenticationException or TimeoutException)
        {
            throw EntraFindings.Unreachable(ex, cloud);
        }
    }

    // A fresh application object for each call: its cache is empty, so a token of an older secret cannot answer.
    private async Task<IConfidentialClientApplication> BuildAsync(
        NotificationSettings settings, Cloud cloud, X509Certificate2? certificate, IMsalHttpClientFactory client, CancellationToken ct)
    {
        var app = ConfidentialClientApplicationBuilder.Create(settings.ClientId)
            .WithAuthority(new Uri(cloud.Authority, $"/{settings.TenantId}").AbsoluteUri, validateAuthority: false)
            // The authority is from our own table; asking another host to confirm it would only add a way to fail.
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(client, retryOnceOn5xx: false)
            .WithLegacyCacheCompatibility(false)
            .WithClientName("Signify Notifications");
        if (settings.Credential == CredentialKind.WorkloadIdentity)
        {
            var assertion = await workload.AssertionAsync(settings.RulesetId, cloud, ct);
            return app.WithClientAssertion((AssertionRequestOptions _) => Task.FromResult(assertion.Reveal())).Build();
        }

        return certificate is not null
            ? app.WithCertificate(certificate).Build()
            : app.WithClientSecret((settings.ClientSecret ?? throw new TransportUnavailableException(Causes.SecretMissing.Told()))
                .Reveal()).Build();
    }

    private static X509Certificate2 Load(NotificationSettings settings)
    {
        var stored = settings.Certificate ?? throw new TransportUnavailableException(Causes.CertMissing.Told());
        try
        {
            using var alone = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(stored.Facts.PublicPart));
            using var key = RSA.Create();
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(stored.Key.Reveal()), out _);
            return alone.CopyWithPrivateKey(key);
        }
        catch (Exception ex) when (ex is CryptographicException or FormatException or ArgumentException)
        {
            // Without what it says: it could quote the key.
            throw new TransportUnavailableException(Causes.StoredCertUnreadable.Told(), ex.GetType().Name, ex);
        }
    }

    private sealed class KeptClient(HttpClient client) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => client;
    }
}
