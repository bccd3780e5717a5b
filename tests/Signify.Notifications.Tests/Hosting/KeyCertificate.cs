using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>A certificate for a key ring.</summary>
public static class KeyCertificate
{
    /// <param name="name">Of the file, and in the certificate; null draws one.</param>
    /// <returns>The path of a new PFX file in the folder.</returns>
    public static string Write(string folder, string? password = null, string? name = null)
    {
        name ??= $"keys-{Guid.NewGuid():N}.pfx";
        using var certificate = TestPairs.Make(name: name);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        return path;
    }
}
