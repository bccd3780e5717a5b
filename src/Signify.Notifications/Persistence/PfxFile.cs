using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Persistence;

/// <summary>A certificate with its private key that the operator names in configuration.</summary>
public static class PfxFile
{
    /// <param name="setting">The key of configuration that names it; <c>{setting}Password</c> opens it.</param>
    /// <exception cref="StartRefusedException">It cannot be opened, or holds no private key.</exception>
    public static X509Certificate2 Load(string setting, string path, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey
                ? certificate
                : throw new StartRefusedException($"{setting} names {path}, which holds no private key. Export the certificate with its key as PFX.");
        }
        catch (Exception ex) when (ex is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{setting} names {path}, which cannot be opened. Check the path, the file's rights and {setting}Password.", ex);
        }
    }
}
