namespace Signify.Notifications.Persistence;

/// <summary>Configuration section <c>Keys</c>.</summary>
public sealed class KeyRingOptions
{
    /// <summary>Path of a PFX file whose private key protects the key ring at rest; null leaves that to the folder's rights.</summary>
    public string? Certificate { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>Earlier certificates: they open what they have closed, and close nothing new.</summary>
    public IReadOnlyList<FormerCertificate> Former { get; set; } = [];

    public sealed class FormerCertificate
    {
        public string? Certificate { get; set; }

        public string? CertificatePassword { get; set; }
    }
}
