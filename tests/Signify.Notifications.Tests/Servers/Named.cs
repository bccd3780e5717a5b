using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Servers;

/// <summary>A certificate by the name a theory gives it.</summary>
internal static class Named
{
    public static X509Certificate2 Certificate(string name) => name switch
    {
        nameof(TestCertificates.Good) => TestCertificates.Good,
        nameof(TestCertificates.SelfSigned) => TestCertificates.SelfSigned,
        nameof(TestCertificates.Expired) => TestCertificates.Expired,
        nameof(TestCertificates.WrongName) => TestCertificates.WrongName,
        _ => throw new ArgumentException($"No certificate {name}.", nameof(name)),
    };
}
