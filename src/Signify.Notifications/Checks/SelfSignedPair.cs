using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>A certificate of the program's own making. Its key never leaves: Entra needs the public part alone.</summary>
internal static class SelfSignedPair
{
    public const int KeyBits = 3072;
    public const int Months = 24;

    /// <summary>A minute-precise clock at Entra must not find it too new.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(10);

    public static ClientCertificate Make(string? mailbox, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(mailbox is { Length: > 0 and <= 50 } ? $"Signify {mailbox}" : "Signify Notifications");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(now - Leeway, now.AddMonths(Months));
        var made = CertificateReading.Of(certificate, key);
        return made with { Facts = made.Facts with { MadeHere = true } };
    }
}
