namespace Signify.Notifications.Settings;

/// <summary>A certificate with its private key, in memory. Printing it shows no key.</summary>
/// <param name="Key">The RSA key, PKCS#8 in base64.</param>
public sealed record ClientCertificate(SecretText Key, CertificateFacts Facts);
