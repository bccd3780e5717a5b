using System.Xml.Linq;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>Packages are audited for known vulnerabilities, and a machine without a network builds all the same.</summary>
public sealed class PackageAuditTests
{
    private static readonly List<XElement> Properties =
        [.. XDocument.Load(RepositoryFiles.Find("Directory.Build.props")).Descendants("PropertyGroup").Elements()];

    [Fact]
    public void All_packages_are_audited()
    {
        Assert.Equal(("true", "all", "low"), (Value("NuGetAudit"), Value("NuGetAuditMode"), Value("NuGetAuditLevel")));
    }

    [Fact]
    public void A_vulnerability_is_an_error_in_CI_alone_and_a_missing_source_of_advisories_nowhere()
    {
        var excepted = Properties.Where(p => p.Name == "WarningsNotAsErrors").ToList();

        Assert.Contains(excepted, p => p.Attribute("Condition") is null && p.Value.Contains("NU1900;NU1905", StringComparison.Ordinal));
        Assert.Equal("'$(CI)' != 'true'", Assert.Single(excepted, p => p.Value.Contains("NU1904", StringComparison.Ordinal)).Attribute("Condition")?.Value);
    }

    private static string Value(string name) => Assert.Single(Properties, p => p.Name == name).Value;
}
