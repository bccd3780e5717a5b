using System.Text.RegularExpressions;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Operations;

public sealed partial class SecurityDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryFiles.Find("docs", "security.md"));

    [Fact]
    public void Every_test_class_named_as_evidence_exists_and_no_row_is_open()
    {
        var sources = Directory.GetFiles(RepositoryFiles.Find("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        var classes = sources.SelectMany(source => TestClass().Matches(source)).Select(m => m.Groups[1].Value).ToList();
        Assert.All(Evidence().Matches(Document), m => Assert.Contains(m.Groups[1].Value, classes));
        Assert.DoesNotContain("TODO", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Authentication_sessions_and_authorization_pass()
    {
        Assert.NotEmpty(Row().Matches(Document));
        Assert.All(Row().Matches(Document), m => Assert.Matches("^(Pass|N/A)$", m.Groups["status"].Value));
    }

    [GeneratedRegex(@"class (\w+Tests)\b")] private static partial Regex TestClass();
    [GeneratedRegex(@"`(\w+Tests)`")] private static partial Regex Evidence();
    [GeneratedRegex(@"^\| [678]\.\d[^|]*\|[^|]*\|[^|]*\| (?<status>[^|]+) \|", RegexOptions.Multiline)] private static partial Regex Row();
}
