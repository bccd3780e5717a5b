using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Servers;

/// <summary>A root of our own and what it issued, good and bad; made in memory, once per run.</summary>
public static class TestCertificates
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static X509Certificate2 Root { get; } = SelfIssued("Signify test root", authority: true);

    public static X509Certificate2 Good { get; } = Issued("127.0.0.1", Now.AddDays(-1), Now.AddDays(30));

    public static X509Certificate2 Expired { get; } = Issued("127.0.0.1", Now.AddDays(-30), Now.AddDays(-2));

    public static X509Certificate2 WrongName { get; } = Issued("10.9.8.7", Now.AddDays(-1), Now.AddDays(30));

    public static X509Certificate2 SelfSigned { get; } = SelfIssued("127.0.0.1", authority: false);

    /// <summary>A certificate for a DNS name, with a key and a TLS context of its own.</summary>
    public static X509Certificate2 ForName(string name, bool expired = false) =>
        Issued(name, Now.AddDays(-30), expired ? Now.AddDays(-2) : Now.AddDays(30));

    /// <returns>The path of a PEM file that holds the root.</returns>
    public static string WriteRoot(string folder)
    {
        var path = Path.Combine(folder, "root.pem");
        File.WriteAllText(path, Root.ExportCertificatePem());
        return path;
    }

    private static X509Certificate2 SelfIssued(string name, bool authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key);
        if (authority)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        }
        else
        {
            ForServer(request, name);
        }

        return Usable(request.CreateSelfSigned(Now.AddDays(-365), Now.AddDays(365)));
    }

    private static X509Certificate2 Issued(string address, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(address, key);
        ForServer(request, address);
        using var bare = request.Create(Root, from, until, RandomNumberGenerator.GetBytes(8));
        return Usable(bare.CopyWithPrivateKey(key));
    }

    private static CertificateRequest Request(string name, ECDsa key) => new($"CN={name}", key, HashAlgorithmName.SHA256);

    private static void ForServer(CertificateRequest request, string address)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(address, out var ip))
        {
            names.AddIpAddress(ip);
        }
        else
        {
            names.AddDnsName(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
    }

    // TLS on Windows cannot use a key that exists in memory only.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }
    }
}
