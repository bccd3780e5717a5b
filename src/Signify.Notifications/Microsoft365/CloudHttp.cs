using System.Collections.Concurrent;
using System.Net.Security;
using Signify.Notifications.Network;

namespace Signify.Notifications.Microsoft365;

/// <summary>Connections to a cloud's token service and Graph, with the cloud's own trust. Kept, so that a second call is quick.</summary>
public sealed class CloudHttp(StaggeredConnector connector) : IDisposable
{
    private readonly ConcurrentDictionary<string, SocketsHttpHandler> _handlers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A client whose handler is shared; the caller bounds each call with its own token.</summary>
    public HttpClient Client(Cloud cloud, DelegatingHandler? outer = null)
    {
        var handler = _handlers.GetOrAdd(cloud.Name, _ => Handler(cloud));
        if (outer is not null)
        {
            outer.InnerHandler = new Shared(handler);
        }

        return new HttpClient(outer ?? (HttpMessageHandler)handler, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 1024 * 1024,
        };
    }

    public void Dispose()
    {
        foreach (var handler in _handlers.Values)
        {
            handler.Dispose();
        }
    }

    private SocketsHttpHandler Handler(Cloud cloud)
    {
        var trust = ServerTrust.Of(cloud);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = connector.ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            SslOptions = new SslClientAuthenticationOptions
            {
                // A resumed session would present the certificate of an earlier connection: see SecuredStream.
                AllowTlsResume = false,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    var verdict = trust.Judge(certificate, chain, errors);
                    return verdict.Fault == CertificateFault.None ? true : throw new CertificateRefusedException(verdict);
                },
            },
        };
    }

    /// <summary>Passes requests on and outlives the listener above it, which would dispose of the connections of everyone.</summary>
    private sealed class Shared(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);
    }
}
