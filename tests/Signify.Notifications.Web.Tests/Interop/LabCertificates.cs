using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>A private authority as small as they come (no revocation lists), server certificates of it for 127.0.0.1 and for a site, and a self-signed one for nobody.</summary>
public sealed class LabCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public LabCertificates(string folder)
    {
        Root = Path.Combine(folder, "root.pem");
        Server = new PemPair(folder, "server");
        Site = new PemPair(folder, "site");
        Snakeoil = new PemPair(folder, "snakeoil");

        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=Lab Root", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var root = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        File.WriteAllText(Root, root.ExportCertificatePem());

        using var serverKey = RSA.Create(2048);
        using var server = Request("127.0.0.1", serverKey).Create(root, now.AddDays(-1), now.AddDays(29), RandomNumberGenerator.GetBytes(12));
        Server.Write(server, serverKey);

        using var siteKey = RSA.Create(2048);
        using var site = Request("notifications.example.com", siteKey).Create(root, now.AddDays(-1), now.AddDays(29), RandomNumberGenerator.GetBytes(12));
        Site.Write(site, siteKey);

        using var otherKey = RSA.Create(2048);
        using var other = Request("debian.invalid", otherKey).CreateSelfSigned(now.AddDays(-1), now.AddDays(29));
        Snakeoil.Write(other, otherKey);
    }

    /// <summary>PEM file of the authority's own certificate.</summary>
    public string Root { get; }

    public PemPair Server { get; }

    /// <summary>For notifications.example.com.</summary>
    public PemPair Site { get; }

    public PemPair Snakeoil { get; }

    private static CertificateRequest Request(string host, RSA key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        return request;
    }

    /// <summary>A certificate and its key as PEM files.</summary>
    public sealed record PemPair(string Folder, string Name)
    {
        public string Certificate => Path.Combine(Folder, $"{Name}.pem");

        public string Key => Path.Combine(Folder, $"{Name}.key");

        internal void Write(X509Certificate2 certificate, RSA key)
        {
            File.WriteAllText(Certificate, certificate.ExportCertificatePem());
            File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
            Daemon.SetMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
