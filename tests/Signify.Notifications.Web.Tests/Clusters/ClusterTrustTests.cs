using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Web.Hosting;

namespace Signify.Notifications.Web.Tests.Clusters;

/// <summary>Who may take part in a cluster. That a stranger is turned away at the door of a running one is proved beside the proofs of the cluster.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ClusterTrustTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-test-");

    [Fact]
    public void Without_roots_the_same_certificate_counts_and_no_other_of_its_name()
    {
        using X509Certificate2 own = TestPairs.MakeElliptic("signify-cluster"), other = TestPairs.MakeElliptic("signify-cluster");
        var trust = new ClusterTrust(own, rootsFile: null);

        Assert.True(trust.Includes(own));
        Assert.False(trust.Includes(other));
        Assert.False(trust.Includes(TestCertificates.Good));
    }

    [Fact]
    public void With_roots_what_they_issued_counts_as_well_while_it_is_valid()
    {
        using X509Certificate2 own = TestPairs.MakeElliptic("signify-cluster"), other = TestPairs.MakeElliptic("signify-cluster");
        var trust = new ClusterTrust(own, TestCertificates.WriteRoot(_folder.FullName));

        Assert.True(trust.Includes(own));
        Assert.True(trust.Includes(TestCertificates.Good));
        Assert.False(trust.Includes(TestCertificates.Expired));
        Assert.False(trust.Includes(TestCertificates.SelfSigned));
        Assert.False(trust.Includes(other));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no certificate at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void Roots_that_cannot_be_read_refuse_the_start(string? content)
    {
        using var own = TestPairs.MakeElliptic("signify-cluster");
        var path = Path.Combine(_folder.FullName, "roots.pem");
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        Assert.Contains(path, Assert.Throws<StartRefusedException>(() => new ClusterTrust(own, path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
