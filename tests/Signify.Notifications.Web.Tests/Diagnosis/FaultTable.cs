using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Diagnosis;

/// <summary>docs/diagnosis.md: what each fault of the sandbox is told as.</summary>
internal static partial class FaultTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    // The sandbox plays no relay.
    private static readonly (string Title, Cause Cause)[] Refused =
    [
        ("Relay in a private network", Causes.RelayAddressPrivate), ("Relay at a reserved address", Causes.RelayAddressReserved),
    ];

    public static string FilePath { get; } = RepositoryFiles.Find("docs", "diagnosis.md");

    public static string Of(IReadOnlyList<DiagnosedFault> faults)
    {
        var text = new StringBuilder("""
            # What is found, and what is said

            Every fault that the sandbox can play, and what the program says of it first. The tests write this page
            (`SIGNIFY_WRITE_DOCS=true ./test.sh Web`) and fail when it is not what the program says.


            """);
        foreach (var area in faults.GroupBy(f => f.Scenario.Area))
        {
            text.Append(Culture, $"## {area.Key.ToTitle()}\n\n| fault | finding | field | what is said | remedy |\n|---|---|---|---|---|\n");
            foreach (var f in area)
            {
                text.Append(Culture, $"| {Cell(f.Scenario.Title)} | {(f.Code is null ? "passes" : $"`{f.Code}`")} | {Cell(f.Field ?? "")} | {Cell(f.Message)} | {Cell(f.Remedy)} |\n");
            }

            text.Append('\n');
        }

        text.Append("## Server names that are refused\n\n| fault | finding | field | what is said | remedy |\n|---|---|---|---|---|\n");
        foreach (var (title, cause) in Refused)
        {
            var finding = cause.Told(("host", "relay.contoso.com"));
            text.Append(Culture, $"| {title} | `{finding.Code.ToCode()}` | {finding.Field} | {Cell(finding.Message)} | {Cell(finding.Remedy)} |\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    // Ports, dates and times are others each time.
    private static string Cell(string text)
    {
        var lasting = Times().Replace(Dates().Replace(Ports().Replace(text, "${1}587"), "$1 (its last day)"), "a moment ago");
        return lasting.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
    }

    [GeneratedRegex(@"(127\.0\.0\.1:|port )(?!65535\b)\d{4,5}")]
    private static partial Regex Ports();

    [GeneratedRegex(@"(valid until) \d{4}-\d\d-\d\d")]
    private static partial Regex Dates();

    [GeneratedRegex(@"\d+ min ago")]
    private static partial Regex Times();
}
