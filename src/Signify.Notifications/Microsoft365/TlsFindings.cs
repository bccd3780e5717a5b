using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>What is wrong with an encrypted connection, in words.</summary>
public static class TlsFindings
{
    private const string Interception = "If a firewall or proxy inspects TLS traffic, ask the network team to exempt this host.";

    /// <summary>Null when nothing is wrong.</summary>
    public static Finding? For(CertificateVerdict verdict, string host, string? field) =>
        verdict.Fault == CertificateFault.None ? null : Describe(verdict, host, OwnServer(field)) with { Field = field };

    private static string OwnServer(string? field) => field == SettingsField.Cloud
        ? "For a server of your own, the operator gives its root certificate in TrustedRoots of the cloud."
        : "For a server of your own, the operator adds its root certificate to those that this machine trusts.";

    private static Finding Describe(CertificateVerdict verdict, string host, string ownServer) => verdict.Fault switch
    {
        CertificateFault.Revoked => new(FindingCode.TlsRevoked,
            $"The certificate of {host} was revoked by its issuer.",
            "Do not send to this server. Tell the people who run it."),
        CertificateFault.Expired => new(FindingCode.TlsExpired,
            $"The certificate of {host} is outside its dates: {verdict.Description}.",
            "Check this machine's clock. If it is right, the people who run the server must renew its certificate."),
        CertificateFault.WrongName => new(FindingCode.TlsWrongName,
            $"The server that answered as {host} showed a certificate for another name: {verdict.Description}.",
            $"Check the host name. {Interception}"),
        CertificateFault.RevocationUnknown => new(FindingCode.TlsRevocationUnknown,
            $"Nobody could say whether the certificate of {host} was revoked: the issuer's list did not answer.",
            "Let this machine reach the certificate issuer over port 80, or turn CheckRevocation off for this cloud in the configuration."),
        _ => new(FindingCode.TlsUntrusted,
            $"The certificate of {host} comes from an issuer that this machine does not trust: {verdict.Description}.",
            $"{Interception} {ownServer}"),
    };
}
