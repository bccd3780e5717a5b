using System.Globalization;
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
    public void No_row_of_authentication_sessions_and_authorization_lacks_anything()
    {
        var rows = Row().Matches(Document);

        Assert.All((string[])["6", "7", "8"], chapter =>
        {
            var ofChapter = Of(rows, chapter);
            Assert.NotEmpty(ofChapter);
            Assert.All(ofChapter, m => Assert.Matches("^(Pass|N/A)$", m.Groups["status"].Value));
        });
    }

    [Fact]
    public void The_table_of_chapters_counts_the_rows()
    {
        var rows = Row().Matches(Document);
        string[] states = ["Pass", "Partial", "Fail", "N/A"];

        Assert.All(rows, m => Assert.Contains(m.Groups["status"].Value, states));
        Assert.All(Chapter().Matches(Document), m =>
        {
            var ofChapter = Of(rows, m.Groups["number"].Value);
            Assert.Equal(m.Groups["counts"].Value, Counts(ofChapter, states));
        });
        Assert.Equal($"| all {rows.Sum(Requirements)} | {Counts(rows, states)} |", Total().Match(Document).Value);
    }

    private static List<Match> Of(IEnumerable<Match> rows, string chapter) =>
        [.. rows.Where(r => r.Groups["id"].Value.StartsWith(chapter + '.', StringComparison.Ordinal))];

    private static string Counts(IEnumerable<Match> rows, string[] states) =>
        string.Join(" | ", states.Select(state => rows.Where(r => r.Groups["status"].Value == state).Sum(Requirements)));

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    // "6.8.1 to 6.8.4", "7.6.1, 7.6.2" or one.
    private static int Requirements(Match row) => row.Groups["id"].Value.Split(", ").Sum(part => part.Split(" to ") is [var from, var to]
        ? Number(to.Split('.')[2]) - Number(from.Split('.')[2]) + 1
        : 1);

    [GeneratedRegex(@"class (\w+Tests)\b")] private static partial Regex TestClass();
    [GeneratedRegex(@"`(\w+Tests)`")] private static partial Regex Evidence();
    [GeneratedRegex(@"^\| (?<id>\d+\.\d[^|]*?) \|[^|]*\|[^|]*\| (?<status>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
    [GeneratedRegex(@"^\| V(?<number>\d+) [^|]*\| (?<counts>\d+ \| \d+ \| \d+ \| \d+) \|", RegexOptions.Multiline)]
    private static partial Regex Chapter();
    [GeneratedRegex(@"^\| all \d.*\|$", RegexOptions.Multiline)] private static partial Regex Total();
}
