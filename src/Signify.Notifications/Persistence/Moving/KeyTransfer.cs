using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>
/// Takes the key ring along: what a certificate closed is opened with it, and closed again for where it goes. The layout is that of
/// ASP.NET Core Data Protection: an element marked requiresEncryption, or in its place an encryptedSecret.
/// </summary>
internal sealed class KeyTransfer(KeyRingOptions options)
{
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName Secret = Protection + "encryptedSecret";
    private static readonly XName Plain = Protection + "requiresEncryption";

    /// <summary>Protected by the certificate, or plain where there is none.</summary>
    /// <exception cref="StartRefusedException">A key was closed with another certificate.</exception>
    public XElement Close(XElement key) => Protected(Open(key));

    /// <summary>The key without any protection, to compare it by.</summary>
    /// <exception cref="StartRefusedException">As above.</exception>
    public XElement Open(XElement key)
    {
        var open = new XElement(key);
        using var services = Services();
        foreach (var secret in open.DescendantsAndSelf(Secret).ToList())
        {
            try
            {
                secret.ReplaceWith(new EncryptedXmlDecryptor(services).Decrypt(secret.Elements().Single()));
            }
            catch (CryptographicException ex)
            {
                throw new StartRefusedException(
                    $"A key of the key ring ({(string?)key.Attribute("id")}) was closed with another certificate than Keys:Certificate names. Name that one, or in Keys:Former; without it nothing that was stored under this key can be read.", ex);
            }
        }

        return open;
    }

    private XElement Protected(XElement key)
    {
        if (options.Certificate is not { Length: > 0 } path)
        {
            return key;
        }

        var certificate = PfxFile.Load("Keys:Certificate", path, options.CertificatePassword);
        foreach (var plain in key.Descendants().Where(e => (bool?)e.Attribute(Plain) == true).ToList())
        {
            var closed = new CertificateXmlEncryptor(certificate, NullLoggerFactory.Instance).Encrypt(plain);
            plain.ReplaceWith(new XElement(Secret, new XAttribute("decryptorType", closed.DecryptorType.AssemblyQualifiedName!), closed.EncryptedElement));
        }

        return key;
    }

    // The decryptor asks them for the certificates, the former ones too.
    private ServiceProvider Services() => new ServiceCollection().AddKeyRing(options, protection => protection).BuildServiceProvider();
}
