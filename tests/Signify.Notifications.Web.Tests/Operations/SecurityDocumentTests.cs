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
    public void What_authentication_sessions_and_authorization_lack_is_listed_as_open_with_a_reason()
    {
        var rows = Row().Matches(Document);
        var lacking = rows.Where(m => m.Groups["status"].Value is not ("Pass" or "N/A")).Select(m => m.Groups["id"].Value);
        var open = Entry().Matches(Open().Match(Document).Value).Select(m => m.Groups["id"].Value);

        Assert.NotEmpty(rows);
        Assert.All(rows, m => Assert.Matches("^(Pass|Partial|Fail|N/A)$", m.Groups["status"].Value));
        Assert.Equal(lacking, open);
    }

    [GeneratedRegex(@"class (\w+Tests)\b")] private static partial Regex TestClass();
    [GeneratedRegex(@"`(\w+Tests)`")] private static partial Regex Evidence();
    [GeneratedRegex(@"^\| (?<id>[678]\.\d[^|]*?) \|[^|]*\|[^|]*\| (?<status>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
    [GeneratedRegex(@"^### Open$.*?(?=^### )", RegexOptions.Multiline | RegexOptions.Singleline)] private static partial Regex Open();
    [GeneratedRegex(@"^- \*\*(?<id>[678]\.\d+\.\d+), [^*]+\.\*\* \w", RegexOptions.Multiline)] private static partial Regex Entry();
}
