using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Servers;

/// <summary>
/// A TLS server whose certificate says that its issuer, the list of those revoked and the answer whether it is revoked are to be fetched
/// from an address of this machine; counts who comes for them.
/// </summary>
public sealed class LookupServer : IAsyncDisposable
{
    private readonly LoopbackListener _bait;
    private readonly LoopbackListener _server;
    private readonly X509Certificate2 _certificate;
    private int _lookups;

    public LookupServer()
    {
        _bait = new LoopbackListener((_, _) =>
        {
            Interlocked.Increment(ref _lookups);
            return Task.CompletedTask;
        });
        _certificate = Make($"http://127.0.0.1:{_bait.Port}/{Guid.NewGuid():N}");
        _server = new LoopbackListener(ServeAsync);
    }

    public int Port => _server.Port;

    public int Lookups => Volatile.Read(ref _lookups);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _bait.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(NetworkStream stream, CancellationToken ct)
    {
        await using var tls = new SslStream(stream);
        try
        {
            // The certificate alone: its issuer has to be looked up.
            var context = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context }, ct);
            await tls.CopyToAsync(Stream.Null, ct);
        }
        catch (Exception ex) when (ex is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client does not trust it.
        }
    }

    private static X509Certificate2 Make(string address)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerRequest = new CertificateRequest("CN=An issuer that nobody has", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        issuerRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(issuerRequest.PublicKey, critical: false));
        using var issuer = issuerRequest.CreateSelfSigned(now.AddDays(-2), now.AddDays(10));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([$"{address}/ocsp"], [$"{address}/issuer.cer"]));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"{address}/revoked.crl"]));
        using var made = request.Create(issuer, now.AddDays(-1), now.AddDays(5), RandomNumberGenerator.GetBytes(8));
        using var withKey = made.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), password: null);
    }
}
