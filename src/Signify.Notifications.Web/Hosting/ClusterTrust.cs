using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Whose certificate counts as a process of the cluster: the same as one's own, or one of the operator's roots.</summary>
internal sealed class ClusterTrust
{
    private readonly byte[] _own;
    private readonly X509Certificate2Collection _roots;

    /// <param name="rootsFile">PEM; null trusts the same certificate alone.</param>
    /// <exception cref="StartRefusedException">The file cannot be read or holds none.</exception>
    public ClusterTrust(X509Certificate2 own, string? rootsFile) =>
        (_own, _roots) = (own.GetCertHash(HashAlgorithmName.SHA256), rootsFile is { Length: > 0 } path ? Read(path) : []);

    public bool Includes(X509Certificate2 shown) =>
        CryptographicOperations.FixedTimeEquals(shown.GetCertHash(HashAlgorithmName.SHA256), _own) || (_roots.Count > 0 && IsOfRoots(shown));

    private bool IsOfRoots(X509Certificate2 shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        // A private authority of a cluster seldom publishes a list, and the network has no way to one.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(shown);
    }

    private static X509Certificate2Collection Read(string path)
    {
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            return roots.Count > 0 ? roots : throw new StartRefusedException($"Cluster:TrustedRoots names {path}, which holds no certificate. It takes a PEM file.");
        }
        catch (Exception ex) when (ex is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"Cluster:TrustedRoots names {path}, which cannot be read. Check the path and the file's rights; it takes a PEM file.", ex);
        }
    }
}
