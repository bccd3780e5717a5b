using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Sandbox.Doors;

namespace Signify.Notifications.Sandbox.Certificates;

/// <summary>Certificates of the mail server: the right one, and one for each way of being wrong.</summary>
internal static class ServerCertificates
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    public static X509Certificate2 For(DoorCertificate kind, X509Certificate2 root, DateTimeOffset now) => kind switch
    {
        DoorCertificate.Trusted => Trusted(root, now),
        DoorCertificate.Untrusted => Untrusted(now),
        DoorCertificate.Expired => Expired(root, now),
        DoorCertificate.WrongName => WrongName(root, now),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static X509Certificate2 Trusted(X509Certificate2 root, DateTimeOffset now) =>
        Issued(root, Request("CN=localhost, O=Sandbox", OwnNames), now.AddHours(-1), now.AddDays(300));

    /// <summary>It ended two hours ago.</summary>
    private static X509Certificate2 Expired(X509Certificate2 root, DateTimeOffset now) =>
        Issued(root, Request("CN=localhost, O=Sandbox", OwnNames), now.AddHours(-3), now.AddHours(-2));

    private static X509Certificate2 WrongName(X509Certificate2 root, DateTimeOffset now) =>
        Issued(root, Request("CN=mail.fabrikam.example, O=Sandbox", names => names.AddDnsName("mail.fabrikam.example")), now.AddHours(-1), now.AddDays(300));

    private static X509Certificate2 Untrusted(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Usable(Request("CN=localhost, O=Nobody", OwnNames)(key).CreateSelfSigned(now.AddHours(-1), now.AddDays(300)));
    }

    private static X509Certificate2 Issued(X509Certificate2 root, Func<ECDsa, CertificateRequest> request, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = request(key);
        asked.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        using var issued = asked.Create(root, from, until, RandomNumberGenerator.GetBytes(16));
        return Usable(issued.CopyWithPrivateKey(key));
    }

    private static void OwnNames(SubjectAlternativeNameBuilder names)
    {
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
    }

    private static Func<ECDsa, CertificateRequest> Request(string subject, Action<SubjectAlternativeNameBuilder> named) => key => Request(subject, named, key);

    private static CertificateRequest Request(string subject, Action<SubjectAlternativeNameBuilder> named, ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        named(names);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    // TLS on Windows refuses keys that live in memory only; the detour through PKCS#12 gives it one it takes.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
