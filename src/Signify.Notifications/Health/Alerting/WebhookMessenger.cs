using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Signify.Notifications.Alerts;
using Signify.Notifications.Network;

namespace Signify.Notifications.Health.Alerting;

/// <summary>Posts an alert to the ruleset's webhook: ten seconds, no redirect, nothing read of the answer but its status.</summary>
public sealed class WebhookMessenger : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly AlertSettings _settings;
    private readonly AlertOptions _options;
    private readonly TimeProvider _time;
    private readonly StaggeredConnector _connector;
    private readonly HttpClient _http;

    public WebhookMessenger(AlertSettings settings, IOptions<AlertOptions> options, StaggeredConnector connector, TimeProvider time)
    {
        (_settings, _options, _connector, _time) = (settings, options.Value, connector, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Through a proxy the name would become an address where nobody judges it.
            UseProxy = false,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = Limit,
            // Every connection validates the certificate that the receiver has today, not that of a resumed session.
            SslOptions =
            {
                AllowTlsResume = false,
                // The certificate names the addresses, which could be those of this machine or its network.
                CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
            },
            // A name that has moved is looked up again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _http.Dispose();

    internal async Task<Told> TellAsync(RaisedAlert alert, string ruleset, CancellationToken ct)
    {
        var setting = await _settings.ReadAsync(alert.RulesetId, ct);
        if (setting.WebhookUrl is not { } url)
        {
            return new Told.Needless(AlertPhrases.WebhookGone());
        }

        var secret = _settings.OpenSecret(setting);
        if (setting.WebhookSecret is not null && secret is null)
        {
            return new Told.Failed(AlertPhrases.WebhookSecretLost());
        }

        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await PostAsync(new Uri(url), WebhookBody.Of(alert, ruleset, _options), secret, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Told.Failed(AlertPhrases.WebhookLate((int)Limit.TotalSeconds));
        }
        catch (HttpRequestException ex)
        {
            return new Told.Failed(Reason(ex));
        }
    }

    private async Task<Told> PostAsync(Uri url, byte[] body, Settings.SecretText? secret, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Signify-Notifications", "1"));
        if (secret is not null)
        {
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, body, _time.GetUtcNow()));
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var status = (int)answer.StatusCode;
        return answer.IsSuccessStatusCode
            ? new Told.Done(AlertPhrases.WebhookAnswered(status))
            : new Told.Failed(status is >= 300 and < 400
                ? AlertPhrases.WebhookRedirects(status)
                : AlertPhrases.WebhookAnswered(status));
    }

    /// <summary>Connects to what the name means now, and only where it may: a name that was harmless when it was saved may point elsewhere today.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await _connector.ResolveAsync(context.DnsEndPoint.Host, ct);
        var open = addresses.Where(a => WebhookAddress.Refusal(a, _options.AllowPrivateNetworks) is null).ToArray();
        if (open.Length == 0)
        {
            throw new WebhookRefusedException(addresses.Length == 0
                ? AlertPhrases.WebhookNameEmpty()
                : WebhookAddress.Refusal(addresses[0], _options.AllowPrivateNetworks)!);
        }

        return await _connector.OpenStreamAsync(open, context.DnsEndPoint.Port, ct);
    }

    // Our own words: those of the exceptions name the address.
    private static string Reason(HttpRequestException ex) => ex switch
    {
        { InnerException: WebhookRefusedException refused } => refused.Message,
        { InnerException: AuthenticationException } => AlertPhrases.WebhookUntrusted(),
        { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => AlertPhrases.WebhookNameUnknown(),
        { InnerException: ConnectFailedException { SocketErrorCode: SocketError.ConnectionRefused, Families: var tried } } =>
            AlertPhrases.WebhookRefused(tried),
        { InnerException: ConnectFailedException { Families: var tried } } => AlertPhrases.WebhookNotConnected(tried),
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => AlertPhrases.WebhookAnswerTooLong(),
        _ => AlertPhrases.WebhookUnreachable(),
    };

    private sealed class WebhookRefusedException(string message) : Exception(message);
}
