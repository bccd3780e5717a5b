using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace Signify.Notifications.Web.Hosting;

/// <summary>TLS between the processes, both sides with a certificate: who cannot show one takes no part.</summary>
internal sealed class ClusterTls(X509Certificate2 own, ClusterTrust trust)
{
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(10);

    // The context holds the chain ready, and on some systems is the only way to offer the key.
    private readonly SslStreamCertificateContext _own = SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true);

    public void Use(ISiloBuilder silo) => silo.Configure<SiloConnectionOptions>(connections =>
    {
        connections.ConfigureSiloInboundConnection(c => c.Use(next => connection => RunAsync(connection, next, AcceptAsync)));
        connections.ConfigureSiloOutboundConnection(c => c.Use(next => connection => RunAsync(connection, next, OpenAsync)));
    });

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, Func<SslStream, CancellationToken, Task> shakeHands)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new TransportStream(plain), leaveInnerStreamOpen: false);
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed))
        {
            limit.CancelAfter(LongestHandshake);
            await shakeHands(tls, limit.Token);
        }

        connection.Transport = new TlsPipe(PipeReader.Create(tls), PipeWriter.Create(tls));
        try
        {
            await next(connection);
        }
        finally
        {
            await connection.Transport.Input.CompleteAsync();
            await connection.Transport.Output.CompleteAsync();
            connection.Transport = plain;
        }
    }

    private Task AcceptAsync(SslStream tls, CancellationToken ct) => tls.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _own,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = IsTrusted,
        },
        ct);

    private Task OpenAsync(SslStream tls, CancellationToken ct) => tls.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions
        {
            // Processes are reached by address; whose certificate it is, decides the trust.
            TargetHost = own.GetNameInfo(X509NameType.DnsName, forIssuer: false),
            ClientCertificateContext = _own,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = IsTrusted,
        },
        ct);

    private bool IsTrusted(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        shown is X509Certificate2 certificate && trust.Includes(certificate);

    private sealed record TlsPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
