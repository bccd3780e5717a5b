using System.Formats.Asn1;
using System.Numerics;
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

    /// <summary>An encrypted key whose author chose the scheme and the rounds, with nothing behind them.</summary>
    /// <param name="scheme">PBES2 with PBKDF2 and AES, or an older one, which has salt and rounds alone.</param>
    public static string EncryptedKeyPem(string scheme, BigInteger rounds)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(scheme);
                if (scheme == "1.2.840.113549.1.5.13")
                {
                    using (writer.PushSequence())
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier("1.2.840.113549.1.5.12");
                            SaltAndRounds();
                        }

                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier("2.16.840.1.101.3.4.1.42");
                            writer.WriteOctetString(new byte[16]);
                        }
                    }
                }
                else
                {
                    SaltAndRounds();
                }
            }

            writer.WriteOctetString(new byte[1232]);
        }

        return PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", writer.Encode());

        void SaltAndRounds()
        {
            using var parameters = writer.PushSequence();
            writer.WriteOctetString(new byte[8]);
            writer.WriteInteger(rounds);
        }
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
