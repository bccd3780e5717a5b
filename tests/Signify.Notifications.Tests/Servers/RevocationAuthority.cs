using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Servers;

/// <summary>An authority that publishes what it revoked over HTTP, as public ones do.</summary>
public sealed class RevocationAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly HttpListener _list = new();
    private readonly CertificateRevocationListBuilder _revoked = new();
    private readonly Uri _address;

    public RevocationAuthority(bool published)
    {
        var request = new CertificateRequest("CN=Signify revoking root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        // A name of its own: the system remembers the lists it has fetched.
        _address = new Uri($"http://127.0.0.1:{LoopbackListener.RefusedPort()}/{Guid.NewGuid():N}.crl");
        if (published)
        {
            _list.Prefixes.Add(_address.GetLeftPart(UriPartial.Authority) + "/");
            _list.Start();
            _ = PublishAsync();
        }
    }

    public string WriteRoot(string folder)
    {
        var path = Path.Combine(folder, "revoking-root.pem");
        File.WriteAllText(path, _root.ExportCertificatePem());
        return path;
    }

    public X509Certificate2 Issue(bool revoked)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([_address.AbsoluteUri]));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var certificate = request.Create(_root, Now.AddDays(-1), Now.AddDays(5), RandomNumberGenerator.GetBytes(8));
        if (revoked)
        {
            _revoked.AddEntry(certificate);
        }

        return certificate;
    }

    public void Dispose()
    {
        _list.Close();
        _root.Dispose();
        _key.Dispose();
    }

    private async Task PublishAsync()
    {
        while (_list.IsListening)
        {
            try
            {
                var context = await _list.GetContextAsync();
                var list = _revoked.Build(_root, BigInteger.One, Now.AddDays(2), HashAlgorithmName.SHA256, thisUpdate: Now.AddHours(-1));
                await context.Response.OutputStream.WriteAsync(list);
                context.Response.Close();
            }
            catch (Exception ex) when (ex is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
