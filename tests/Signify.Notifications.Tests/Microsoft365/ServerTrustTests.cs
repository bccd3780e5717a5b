using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Microsoft365;

public sealed class ServerTrustTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, CertificateFault.None)]
    [InlineData(true, CertificateFault.Revoked)]
    public void A_certificate_is_looked_up_in_its_issuers_list(bool revoked, CertificateFault expected)
    {
        using var authority = new RevocationAuthority(published: true);
        using var certificate = authority.Issue(revoked);

        Assert.Equal(expected, Judge(authority, certificate).Fault);
    }

    [Fact]
    public void A_list_that_nobody_serves_is_said_and_not_passed_over()
    {
        using var authority = new RevocationAuthority(published: false);
        using var certificate = authority.Issue(revoked: false);

        var verdict = Judge(authority, certificate);

        Assert.Equal(CertificateFault.RevocationUnknown, verdict.Fault);
        Assert.Equal(FindingCode.TlsRevocationUnknown, TlsFindings.For(verdict, "smtp.contoso.com", null)!.Code);
    }

    [Fact]
    public void An_operator_can_do_without_revocation()
    {
        using var authority = new RevocationAuthority(published: true);
        using var certificate = authority.Issue(revoked: true);

        Assert.Equal(CertificateFault.None, Judge(authority, certificate, checkRevocation: false).Fault);
    }

    [Fact]
    public void A_certificate_that_names_no_list_cannot_be_asked_about_and_passes()
    {
        var trust = new ServerTrust(TestCertificates.WriteRoot(_folder.Path), checkRevocation: true);

        Assert.Equal(CertificateFault.None, trust.Judge(TestCertificates.Good, null, SslPolicyErrors.RemoteCertificateChainErrors).Fault);
    }

    [Fact]
    public void A_file_of_roots_that_is_no_PEM_is_refused_at_once()
    {
        var path = Path.Combine(_folder.Path, "roots.pem");
        File.WriteAllText(path, "-----BEGIN CERTIFICATE-----\nnot base64\n-----END CERTIFICATE-----\n");

        Assert.Throws<StartRefusedException>(() => new ServerTrust(path, checkRevocation: true));
    }

    private CertificateVerdict Judge(RevocationAuthority authority, X509Certificate2 certificate, bool checkRevocation = true) =>
        new ServerTrust(authority.WriteRoot(_folder.Path), checkRevocation).Judge(certificate, null, SslPolicyErrors.RemoteCertificateChainErrors);
}
