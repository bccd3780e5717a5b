namespace Signify.Notifications.Microsoft365;

/// <param name="Description">Whose certificate it is, who issued it, until when it holds.</param>
public sealed record CertificateVerdict(CertificateFault Fault, string Description)
{
    public DateTime? ValidUntil { get; init; }
}

/// <summary>The first thing wrong with a certificate, the gravest first.</summary>
public enum CertificateFault
{
    None,
    Revoked,
    Expired,
    Untrusted,
    WrongName,

    /// <summary>The certificate names where to ask, and nobody answered.</summary>
    RevocationUnknown,
}
