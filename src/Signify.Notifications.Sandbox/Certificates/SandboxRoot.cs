using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Sandbox.Certificates;

/// <summary>The sandbox's own certificate authority, kept across restarts.</summary>
internal sealed class SandboxRoot
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);

    private SandboxRoot(X509Certificate2 certificate, string pemPath)
    {
        Certificate = certificate;
        PemPath = pemPath;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate alone, for clients to trust.</summary>
    public string PemPath { get; }

    public static SandboxRoot LoadOrCreate(string directory, DateTimeOffset now)
    {
        CreateOwnerOnly(directory);
        var pemPath = Path.GetFullPath(Path.Combine(directory, "sandbox-root.pem"));
        var keyPath = Path.Combine(directory, "sandbox-root.key");
        return new SandboxRoot(Load(pemPath, keyPath, now) ?? Create(pemPath, keyPath, now), pemPath);
    }

    private static X509Certificate2? Load(string pemPath, string keyPath, DateTimeOffset now)
    {
        if (!File.Exists(pemPath) || !File.Exists(keyPath))
        {
            return null;
        }

        try
        {
            var kept = X509Certificate2.CreateFromPemFile(pemPath, keyPath);
            return now >= kept.NotBefore && now.AddYears(1) < kept.NotAfter ? kept : null;
        }
        catch (CryptographicException)
        {
            return null; // Half-written or foreign files: a new root takes their place.
        }
    }

    private static X509Certificate2 Create(string pemPath, string keyPath, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Sandbox Root (pretend Microsoft 365)", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var root = request.CreateSelfSigned(now.AddDays(-1), now.Add(Lifetime));
        WriteOwnerOnly(keyPath, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(pemPath, root.ExportCertificatePem());
        return root;
    }

    private static void CreateOwnerOnly(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static void WriteOwnerOnly(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
