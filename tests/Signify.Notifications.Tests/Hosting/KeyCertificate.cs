using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>A certificate for a key ring.</summary>
public static class KeyCertificate
{
    /// <returns>The path of a new PFX file in the folder.</returns>
    public static string Write(string folder, string? password = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        var path = Path.Combine(folder, $"keys-{Guid.NewGuid():N}.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        return path;
    }
}
