using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Telemetry;

/// <summary>What leaves the program for monitoring, after a busy while: all that is promised, and nothing that is anybody's.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed partial class BusyTelemetryTests(BusyProgram busy) : IClassFixture<BusyProgram>
{
    private static readonly string[] Marks =
        [BusyProgram.Recipient, BusyProgram.Subject, BusyProgram.Body, BusyProgram.Field, BusyProgram.MailingName, BusyProgram.ServersWords];

    [Fact]
    public void No_address_subject_body_secret_or_word_of_a_server_is_scraped_or_exported()
    {
        foreach (var mark in Marks.Concat(busy.Used))
        {
            Assert.DoesNotContain(mark, busy.Metrics, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(mark, busy.Exported, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("@", busy.Metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(".example", busy.Exported, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_span_and_every_instrument_reaches_the_collector()
    {
        Assert.All(SpanNames.All, name => Assert.Contains(name, busy.Exported, StringComparison.Ordinal));
        Assert.Contains("/v1/traces", busy.Exported, StringComparison.Ordinal);
        Assert.Contains("signify.notifications.sent", busy.Exported, StringComparison.Ordinal);
        Assert.Contains("POST /api/v1/notifications", busy.Exported, StringComparison.Ordinal);
        Assert.DoesNotContain("GET /metrics", busy.Exported, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_those_of_what_happened()
    {
        Assert.Equal(36, Sum("signify_notifications_handed_in_total"));
        Assert.Equal(1, Sum("signify_notifications_failed_total"));
        Assert.Equal(1, Sum("signify_notifications_deferred_total"));
        Assert.Equal(1, Sum("signify_notifications_in_doubt_total"));
        Assert.Equal(1, Sum("signify_mailbox_stops_total"));
        Assert.Equal(1, Sum("signify_mailbox_throttles_total"));
        Assert.True(Sum("signify_credential_time_left_days") > 300_000);
    }

    [Fact]
    public void Every_instrument_of_ours_is_listed_in_the_documents_as_it_is_exposed_with_its_unit()
    {
        var listed = ListedRow().Matches(Document("telemetry.md")).Select(m => (m.Groups["name"].Value, m.Groups["exposed"].Value, m.Groups["unit"].Value)).ToList();
        var exposed = TypeLine().Matches(busy.Metrics).Select(m => m.Groups[1].Value).Where(name => name.StartsWith("signify_", StringComparison.Ordinal));

        Assert.Equal(exposed.Order(StringComparer.Ordinal), listed.Select(l => l.Item2).Order(StringComparer.Ordinal));
        Assert.All(listed, l => Assert.StartsWith(l.Item1.Replace('.', '_'), l.Item2, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_span_is_described_in_the_documents() =>
        Assert.All(SpanNames.All, name => Assert.Contains($"| `{name}` |", Document("telemetry.md"), StringComparison.Ordinal));

    [Fact]
    public void The_dashboard_and_the_alerts_ask_for_numbers_that_there_are_and_the_dashboard_for_all_of_ours()
    {
        var there = TypeLine().Matches(busy.Metrics).SelectMany(m => Series(m.Groups[1].Value, m.Groups[2].Value)).ToHashSet();
        var asked = Dashboard().SelectMany(p => p.Expressions).SelectMany(Names).ToHashSet();
        var alerted = AlertExpression().Matches(Document("telemetry.md")).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(alerted);
        Assert.All(asked.Concat(alerted.SelectMany(Names)), name => Assert.Contains(name, there));
        var ours = TypeLine().Matches(busy.Metrics).Select(m => (Name: m.Groups[1].Value, Type: m.Groups[2].Value)).Where(m => m.Name.StartsWith("signify_", StringComparison.Ordinal));
        Assert.All(ours, m => Assert.True(Series(m.Name, m.Type).Any(asked.Contains), $"No panel shows {m.Name}."));
    }

    [Fact]
    public void Every_panel_of_the_dashboard_has_a_place_a_unit_a_description_and_the_chosen_source()
    {
        var root = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Find("docs", "grafana", "signify-notifications.json"))).RootElement;
        var source = Assert.Single(root.GetProperty("templating").GetProperty("list").EnumerateArray(), v => v.GetProperty("type").GetString() == "datasource");
        Assert.Equal(("datasource", "prometheus"), (source.GetProperty("name").GetString(), source.GetProperty("query").GetString()));
        Assert.True(root.GetProperty("schemaVersion").GetInt32() >= 39);
        var panels = Dashboard();

        Assert.True(panels.Count >= 15);
        Assert.Equal(panels.Count, panels.Select(p => p.Id).Distinct().Count());
        Assert.All(panels, p =>
        {
            Assert.NotEqual("", p.Title);
            Assert.True(p.Description.Length > 20, p.Title);
            Assert.NotEqual("", p.Unit);
            Assert.Equal("${datasource}", p.Source);
            Assert.NotEmpty(p.Expressions);
            Assert.InRange(p.X + p.Width, 1, 24);
        });
        Assert.All(panels, a => Assert.DoesNotContain(panels, b => a.Id != b.Id && a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height));
    }

    private static List<Panel> Dashboard()
    {
        var root = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Find("docs", "grafana", "signify-notifications.json"))).RootElement;
        return [.. root.GetProperty("panels").EnumerateArray().Where(p => p.GetProperty("type").GetString() != "row").Select(Panel.Of)];
    }

    /// <summary>What a metric is asked for by.</summary>
    private static string[] Series(string name, string type) => type == "histogram" ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];

    private static IEnumerable<string> Names(string expression) =>
        Name().Matches(Grouping().Replace(Selector().Replace(expression, ""), "")).Select(m => m.Value);

    private static string Document(string name) => File.ReadAllText(RepositoryFiles.Find("docs", name));

    private double Sum(string name) => Regex.Matches(busy.Metrics, $"^{name}(?:{{[^}}]*}})? (\\S+)", RegexOptions.Multiline).Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^# TYPE (\S+) (\w+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^\| `(?<name>signify\.[a-z_.]+)` \| `(?<exposed>signify_\w+)` \| (?<unit>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex ListedRow();

    [GeneratedRegex(@"^\s+expr: (.+)$", RegexOptions.Multiline)]
    private static partial Regex AlertExpression();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\b(by|without|on|ignoring) ?\([^)]*\)|\[[^\]]*\]")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b[a-z]+(_[a-z0-9]+)+\b(?! ?\()")]
    private static partial Regex Name();

    private sealed record Panel(int Id, string Title, string Description, string Unit, string? Source, int X, int Y, int Width, int Height, IReadOnlyList<string> Expressions)
    {
        public static Panel Of(JsonElement p)
        {
            var place = p.GetProperty("gridPos");
            return new Panel(
                p.GetProperty("id").GetInt32(), p.GetProperty("title").GetString()!, p.GetProperty("description").GetString()!,
                p.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!, p.GetProperty("datasource").GetProperty("uid").GetString(),
                place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32(),
                [.. p.GetProperty("targets").EnumerateArray().Select(t => t.GetProperty("expr").GetString()!)]);
        }
    }
}
