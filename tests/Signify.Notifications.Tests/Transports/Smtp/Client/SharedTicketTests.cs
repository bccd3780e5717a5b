using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Transports.Smtp.Client;

/// <summary>One host, two ports that resume each other's TLS sessions: the certificate of the second has expired.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SharedTicketTests
{
    private const string Host = "localhost";

    private static readonly Dictionary<string, string?> OnLocalhost = new() { ["Clouds:Lab:SmtpHost"] = Host };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_check_refuses_an_expired_certificate_after_a_good_one_of_the_same_host()
    {
        var (good, expired) = await CertificatesAsync();
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange with { Certificate = good }, configuration: OnLocalhost);
        await using var second = new ScriptedSmtpServer(SmtpScript.Exchange with { Certificate = expired });

        var before = await lab.CheckAsync();
        var after = await lab.CheckAsync(lab.Input with { Port = second.Port.ToString(CultureInfo.InvariantCulture), Route = "smtp" });

        Assert.True(before.Passed);
        Assert.Contains("tls-expired", after.Errors());
        Assert.Empty(second.Logins);
    }

    [Fact]
    public async Task The_sender_refuses_an_expired_certificate_after_a_good_one_of_the_same_host()
    {
        var (good, expired) = await CertificatesAsync();
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange with { Certificate = good }, configuration: OnLocalhost);
        await using var second = new ScriptedSmtpServer(SmtpScript.Exchange with { Certificate = expired });
        await using (var session = await lab.OpenAsync())
        {
            await session.SendAsync(Mails.To("anna@contoso.com"), Ct);
        }

        var input = lab.Input with { Port = second.Port.ToString(CultureInfo.InvariantCulture) };
        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => lab.OpenAsync(input: input));

        Assert.Equal(["tls-expired/cloud"], failed.Findings.Marks());
        Assert.Empty(second.Logins);
    }

    [Fact]
    public async Task The_token_service_with_an_expired_certificate_is_refused_after_a_good_one_of_the_same_host()
    {
        var (good, expired) = await CertificatesAsync();
        using var roots = new TestFolder();
        await using var first = new StubCloud { Certificate = good };
        await using var second = new StubCloud { Certificate = expired };
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?>
        {
            ["Clouds:Lab:Authority"] = $"{Host}:{first.Port}",
            ["Clouds:Other:Authority"] = $"{Host}:{second.Port}",
            ["Clouds:Other:SmtpHost"] = Host,
            ["Clouds:Other:Graph"] = $"{Host}:{second.Port}",
            ["Clouds:Other:TrustedRoots"] = TestCertificates.WriteRoot(roots.Path),
        });
        var (tenants, clouds) = (lab.Library.Get<TenantProbe>(), lab.Library.Get<Clouds>());
        await tenants.AskAsync(clouds.Find("Lab")!, StubCloud.Tenant, Ct);

        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(
            () => tenants.AskAsync(clouds.Find("Other")!, StubCloud.Tenant, Ct));

        Assert.Equal(["tls-expired/cloud"], failed.Findings.Marks());
    }

    private static async Task<(X509Certificate2 Good, X509Certificate2 Expired)> CertificatesAsync()
    {
        var (good, expired) = (TestCertificates.ForName(Host), TestCertificates.ForName(Host, expired: true));
        Assert.SkipUnless(await SharedSessionTickets.TryShareAsync(Ct, good, expired),
            "Session tickets can be shared with OpenSSL 3 only.");
        return (good, expired);
    }
}
