using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Servers;

/// <summary>Certificates that an app could sign in with, good and bad, and the files people have of them.</summary>
public static class TestPairs
{
    public const string Password = "file-pass-98432";

    public static X509Certificate2 Make(int bits = 2048, int fromDays = -1, int untilDays = 200, string name = "HR app")
    {
        using var key = RSA.Create(bits);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(fromDays), now.AddDays(untilDays));
    }

    public static X509Certificate2 MakeElliptic(string name = "EC app")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(200));
    }

    public static string Pfx(X509Certificate2 certificate, string? password = Password) => Convert.ToBase64String(certificate.Export(X509ContentType.Pfx, password));

    public static string Pem(X509Certificate2 certificate) => $"{KeyPem(certificate)}\n{certificate.ExportCertificatePem()}\n";

    public static string EncryptedPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        var pbe = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportEncryptedPkcs8PrivateKeyPem(Password, pbe)}\n";
    }

    public static string KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The middle of the private key as it would stand in a leak: base64 of the PKCS#8, one line.</summary>
    public static string KeyBase64(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }
}
