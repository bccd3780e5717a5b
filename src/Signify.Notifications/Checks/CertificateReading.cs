using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Reads a certificate and its private key from what people have: a PFX file, or two PEM texts.</summary>
internal static class CertificateReading
{
    public const int Limit = 64 * 1024;
    private const int FewestBits = 2048;
    private const int MostBits = 8192;
    // In memory alone: a key store of the operating system would keep a copy.
    private static readonly X509KeyStorageFlags Storage =
        X509KeyStorageFlags.Exportable | (OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet);

    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    // Some certificate authorities write an attribute twice. Everything else keeps .NET's limits against expensive files.
    private static readonly Pkcs12LoaderLimits Limits = new(Pkcs12LoaderLimits.Defaults) { AllowDuplicateAttributes = true };

    private const int InvalidPassword = unchecked((int)0x80070056);

    /// <returns>Null when it cannot be used; the findings say why.</returns>
    public static ClientCertificate? OfPfx(string base64, string? password, List<Finding> findings)
    {
        const string Field = SettingsField.ClientCertificate;
        if (base64.Length > Limit * 4 / 3)
        {
            findings.Add(CredentialFindings.CertTooLarge(Field, Limit));
            return null;
        }

        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
        {
            findings.Add(CredentialFindings.CertUnreadable(Field));
            return null;
        }

        try
        {
            return WithKey(X509CertificateLoader.LoadPkcs12Collection(bytes.AsSpan(0, length), password, Storage, Limits), Field, findings);
        }
        catch (CryptographicException ex) when (ex.HResult == InvalidPassword)
        {
            findings.Add(CredentialFindings.CertPasswordWrong(string.IsNullOrEmpty(password)));
        }
        catch (CryptographicException ex)
        {
            findings.Add(Unread(ex, bytes.AsSpan(0, length)));
        }

        return null;
    }

    /// <returns>Null when it cannot be used; the findings say why.</returns>
    public static ClientCertificate? OfPem(string pem, string? password, List<Finding> findings)
    {
        const string Field = SettingsField.ClientCertificatePem;
        if (pem.Length > Limit)
        {
            findings.Add(CredentialFindings.CertTooLarge(Field, Limit));
            return null;
        }

        pem = WithLines(pem);
        // Two files put together often lack the line end between them.
        pem = pem.Replace("----------BEGIN", "-----\n-----BEGIN", StringComparison.Ordinal);
        using var key = RSA.Create();
        if (PemKey(pem, password, key) is { } fault)
        {
            findings.Add(fault);
            return null;
        }

        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(pem);
            return Matching(all, key, Field, findings);
        }
        catch (CryptographicException)
        {
            findings.Add(CredentialFindings.CertUnreadable(Field));
            return null;
        }
    }

    /// <summary>Why a PFX file was not read, where the password is not the reason.</summary>
    internal static Finding Unread(CryptographicException ex, ReadOnlySpan<byte> pfx) => ex switch
    {
        Pkcs12LoadLimitExceededException => CredentialFindings.CertTooComplex(),
        // OpenSSL 3 without its legacy provider: error 0308010C.
        _ when ex.Message.Contains("unsupported", StringComparison.OrdinalIgnoreCase) && IsOldEncryption(pfx) => CredentialFindings.CertOldEncryption(),
        _ when IsPublicPart(pfx) => CredentialFindings.CertKeyMissing(SettingsField.ClientCertificate),
        _ => CredentialFindings.CertUnreadable(SettingsField.ClientCertificate),
    };

    // The identifiers of RC2 and RC4 with a password (RFC 7292, appendix C), in DER: 1.2.840.113549.1.12.1.1, 2, 5 and 6.
    private static bool IsOldEncryption(ReadOnlySpan<byte> pfx)
    {
        ReadOnlySpan<byte> scheme = [0x06, 0x0A, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x01];
        for (var rest = pfx; rest.IndexOf(scheme) is >= 0 and var at && at + scheme.Length < rest.Length; rest = rest[(at + scheme.Length)..])
        {
            if (rest[at + scheme.Length] is 1 or 2 or 5 or 6)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The pair as it is stored.</summary>
    public static ClientCertificate Of(X509Certificate2 certificate, RSA key) => new(
        new SecretText(Convert.ToBase64String(key.ExportPkcs8PrivateKey())),
        new CertificateFacts
        {
            Subject = certificate.Subject is { Length: > 0 } subject ? subject[..Math.Min(subject.Length, 1000)] : "no subject",
            Thumbprint = certificate.Thumbprint,
            Sha256 = certificate.GetCertHashString(HashAlgorithmName.SHA256),
            NotBefore = certificate.NotBefore.ToUniversalTime(),
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            PublicPart = Convert.ToBase64String(certificate.RawData),
        });

    /// <summary>A file often holds the issuers, too: the one with the key is meant, of several the one that lasts longest.</summary>
    private static ClientCertificate? WithKey(X509Certificate2Collection all, string field, List<Finding> findings)
    {
        try
        {
            var own = all.Where(c => c.HasPrivateKey).OrderByDescending(c => c.NotAfter).FirstOrDefault();
            using var key = own?.GetRSAPrivateKey();
            if (own is null || key is null || Unfit(key, field) is not null)
            {
                findings.Add(own is null ? CredentialFindings.CertKeyMissing(field) : key is null ? CredentialFindings.CertKeyNotRsa(field) : Unfit(key, field)!);
                return null;
            }

            using var exportable = Exportable(key);
            return Of(own, exportable);
        }
        finally
        {
            foreach (var certificate in all)
            {
                certificate.Dispose();
            }
        }
    }

    private static ClientCertificate? Matching(X509Certificate2Collection all, RSA key, string field, List<Finding> findings)
    {
        var modulus = key.ExportParameters(includePrivateParameters: false).Modulus!;
        using var own = all.FirstOrDefault(c => c.GetRSAPublicKey()?.ExportParameters(false).Modulus?.AsSpan().SequenceEqual(modulus) == true);
        if (own is null)
        {
            findings.Add(all.Count == 0 ? CredentialFindings.CertUnreadable(field) : CredentialFindings.CertKeyMissing(field));
            return null;
        }

        if (Unfit(key, field) is { } unfit)
        {
            findings.Add(unfit);
            return null;
        }

        return Of(own, key);
    }

    // From JSON, an environment variable or a key vault, line ends often come as the two characters backslash and n, and in quotes.
    private static string WithLines(string pem) => pem.Trim().Trim('"', '\'')
        .Replace("\\r\\n", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

    /// <returns>Null when <paramref name="into"/> holds the key now.</returns>
    private static Finding? PemKey(string pem, string? password, RSA into)
    {
        const string Field = SettingsField.ClientCertificatePem;
        var encrypted = false;
        try
        {
            foreach (var (label, content, whole) in Blocks(pem))
            {
                switch (label)
                {
                    case "PRIVATE KEY" or "RSA PRIVATE KEY":
                        into.ImportFromPem(whole);
                        return null;
                    case "ENCRYPTED PRIVATE KEY":
                        encrypted = true;
                        return Encrypted(Convert.FromBase64String(content), password ?? "", into);
                    case "EC PRIVATE KEY" or "DSA PRIVATE KEY" or "OPENSSH PRIVATE KEY":
                        return CredentialFindings.CertKeyNotRsa(Field);
                }
            }
        }
        catch (CryptographicException)
        {
            return encrypted ? CredentialFindings.CertPasswordWrong(string.IsNullOrEmpty(password)) : CredentialFindings.CertKeyCutOff();
        }

        // OpenSSL's own form, which has headers between the lines (RFC 1421): no parser of .NET reads it.
        if (pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.OrdinalIgnoreCase))
        {
            return CredentialFindings.CertKeyTraditional();
        }

        return pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal) ? CredentialFindings.CertKeyMissing(Field) : CredentialFindings.CertUnreadable(Field);
    }

    // Only what was decrypted tells whether the password is right and what kind of key it is.
    private static Finding? Encrypted(byte[] der, string password, RSA into)
    {
        const string Field = SettingsField.ClientCertificatePem;
        if (EncryptedKey.Rounds(der) is not { } rounds)
        {
            return CredentialFindings.CertUnreadable(Field);
        }

        if (rounds > EncryptedKey.MostRounds)
        {
            return CredentialFindings.CertKeyRounds(EncryptedKey.MostRounds);
        }

        if (EncryptedKey.TryDecrypt(der, password, rounds) is not { } key)
        {
            return CredentialFindings.CertKeyBusy();
        }

        if (key.AlgorithmId.Value != RsaEncryption)
        {
            return CredentialFindings.CertKeyNotRsa(Field);
        }

        into.ImportPkcs8PrivateKey(key.Encode(), out _);
        return null;
    }

    private static List<(string Label, string Content, string Whole)> Blocks(string pem)
    {
        var blocks = new List<(string, string, string)>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            blocks.Add((rest[fields.Label].ToString(), rest[fields.Base64Data].ToString(), rest[fields.Location].ToString()));
            rest = rest[fields.Location.End..];
        }

        return blocks;
    }

    private static Finding? Unfit(RSA key, string field) => key.KeySize switch
    {
        < FewestBits => CredentialFindings.CertKeySize(field, key.KeySize, FewestBits),
        > MostBits => CredentialFindings.CertKeySize(field, key.KeySize, MostBits),
        _ => null,
    };

    // A key out of a PFX file may be handed out in encrypted form only: once around, and it is plain.
    private static RSA Exportable(RSA key)
    {
        var plain = RSA.Create();
        try
        {
            plain.ImportPkcs8PrivateKey(key.ExportPkcs8PrivateKey(), out _);
        }
        catch (CryptographicException)
        {
            const string Once = "on its way";
            var closed = key.ExportEncryptedPkcs8PrivateKey(Once, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1));
            plain.ImportEncryptedPkcs8PrivateKey(Once, closed, out _);
        }

        return plain;
    }

    private static bool IsPublicPart(ReadOnlySpan<byte> bytes)
    {
        try
        {
            X509CertificateLoader.LoadCertificate(bytes).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
