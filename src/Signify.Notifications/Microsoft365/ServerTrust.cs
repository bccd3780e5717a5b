using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Microsoft365;

/// <summary>Judges the certificate of a server: the system's roots and the cloud's own, name, dates, revocation.</summary>
public sealed class ServerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string CrlDistributionPoints = "2.5.29.31";
    private const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    private const string Ocsp = "1.3.6.1.5.5.7.48.1";

    private static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(10);

    private readonly X509Certificate2Collection _ownRoots = [];
    private readonly bool _checkRevocation;
    private readonly bool _looksUp = true;

    /// <exception cref="StartRefusedException">The file with the roots is not PEM.</exception>
    public ServerTrust(string? trustedRoots, bool checkRevocation)
    {
        _checkRevocation = checkRevocation;
        if (trustedRoots is null)
        {
            return;
        }

        try
        {
            _ownRoots.ImportFromPemFile(trustedRoots);
        }
        catch (Exception ex) when (ex is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The file of trusted roots {trustedRoots} cannot be read as PEM.", ex);
        }

        if (_ownRoots.Count == 0)
        {
            throw new StartRefusedException($"The file of trusted roots {trustedRoots} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).");
        }
    }

    private ServerTrust() => _looksUp = false;

    /// <summary>
    /// Of a server that an administrator names: nothing is looked up, as the addresses for that are in its certificate and could be those of
    /// this machine or its network. So an issuer that it does not send is unknown, and revocation is not seen.
    /// </summary>
    public static ServerTrust OfNamedServer { get; } = new();

    public static ServerTrust Of(Cloud cloud) => new(cloud.TrustedRoots, cloud.CheckRevocation);

    /// <param name="presented">The chain as the TLS library built it; its extra store has the intermediates the server sent.</param>
    public CertificateVerdict Judge(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return new CertificateVerdict(CertificateFault.Untrusted, "The server showed no certificate.");
        }

        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        var faults = Build(leaf, presented, X509ChainTrustMode.System);
        if (_ownRoots.Count > 0 && (faults & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
        {
            faults = Build(leaf, presented, X509ChainTrustMode.CustomRootTrust);
        }

        return new CertificateVerdict(Fault(faults, errors), Describe(leaf)) { ValidUntil = leaf.NotAfter };
    }

    private X509ChainStatusFlags Build(X509Certificate2 leaf, X509Chain? presented, X509ChainTrustMode mode)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = mode;
        chain.ChainPolicy.RevocationMode = _checkRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = !_looksUp;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        chain.ChainPolicy.UrlRetrievalTimeout = RevocationLimit;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (mode == X509ChainTrustMode.CustomRootTrust)
        {
            chain.ChainPolicy.CustomTrustStore.AddRange(_ownRoots);
        }

        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        }

        chain.Build(leaf);
        var flags = chain.ChainElements.Aggregate(X509ChainStatusFlags.NoError, (sum, element) => sum | Flags(element));
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return flags | (chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (sum, s) => sum | s.Status) & X509ChainStatusFlags.PartialChain);
    }

    private static X509ChainStatusFlags Flags(X509ChainElement element)
    {
        var flags = element.ChainElementStatus.Aggregate(X509ChainStatusFlags.NoError, (sum, s) => sum | s.Status);
        // A certificate that names no place to ask cannot be asked about: small private authorities issue such.
        return NamesRevocationSource(element.Certificate)
            ? flags
            : flags & ~(X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation);
    }

    private static bool NamesRevocationSource(X509Certificate2 certificate) => certificate.Extensions.Any(e =>
        e.Oid?.Value == CrlDistributionPoints
        || (e.Oid?.Value == AuthorityInformationAccess && new X509AuthorityInformationAccessExtension(e.RawData).EnumerateUris(Ocsp).Any()));

    private static CertificateFault Fault(X509ChainStatusFlags chain, SslPolicyErrors errors)
    {
        bool Has(X509ChainStatusFlags flags) => (chain & flags) != 0;

        return chain switch
        {
            _ when Has(X509ChainStatusFlags.Revoked) => CertificateFault.Revoked,
            _ when Has(X509ChainStatusFlags.NotTimeValid) => CertificateFault.Expired,
            _ when Has(X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.ExplicitDistrust) => CertificateFault.Untrusted,
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => CertificateFault.WrongName,
            _ when Has(X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation) => CertificateFault.RevocationUnknown,
            X509ChainStatusFlags.NoError => CertificateFault.None,
            _ => CertificateFault.Untrusted,
        };
    }

    private static string Describe(X509Certificate2 leaf) =>
        $"certificate for {leaf.GetNameInfo(X509NameType.DnsName, forIssuer: false)}, issued by {leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}, valid until {leaf.NotAfter:yyyy-MM-dd}";
}
