using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>What is wrong with an encrypted connection, as entries of the table of causes.</summary>
public static class TlsFindings
{
    /// <summary>Null when nothing is wrong.</summary>
    public static Finding? For(CertificateVerdict verdict, string host, string? field) => Means(verdict.Fault, ofCloud: field == SettingsField.Cloud) is { } cause
        ? cause.Told(("host", host), ("certificate", verdict.Description)) with { Field = field }
        : null;

    private static Cause? Means(CertificateFault fault, bool ofCloud) => fault switch
    {
        CertificateFault.None => null,
        CertificateFault.Revoked => Causes.TlsRevoked,
        CertificateFault.Expired => Causes.TlsExpired,
        CertificateFault.WrongName => Causes.TlsWrongName,
        CertificateFault.RevocationUnknown => Causes.TlsRevocationUnknown,
        _ => ofCloud ? Causes.TlsUntrustedCloud : Causes.TlsUntrustedHost,
    };
}
