namespace Signify.Notifications.Settings;

/// <summary>What may be known of a certificate: everything but its private key.</summary>
public sealed record CertificateFacts
{
    public required string Subject { get; init; }

    /// <summary>SHA-1 in upper-case hexadecimal digits, as Entra shows it.</summary>
    public required string Thumbprint { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The certificate itself, DER in base64: what the .cer file for Entra holds.</summary>
    public required string PublicPart { get; init; }

    /// <summary>Made by this program, so that nobody else has its key.</summary>
    public bool MadeHere { get; init; }
}
