using Signify.Notifications.Checks;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>Short ways to look at a report.</summary>
internal static class Reading
{
    public static CheckStep Step(this CheckReport report, StepName name) => report.Steps.Single(s => s.Name == name);

    /// <summary>The codes of the findings that block, in the order in which the page shows them.</summary>
    public static string[] Errors(this CheckReport report) => [.. report.Findings.Where(f => f.Blocks).Select(f => f.Code.ToCode())];

    public static string[] Warnings(this CheckReport report) => [.. report.Findings.Where(f => f.Severity == FindingSeverity.Warning).Select(f => f.Code.ToCode())];

    public static string[] Advice(this CheckReport report) => [.. report.Findings.Where(f => f.Severity == FindingSeverity.Advice).Select(f => f.Code.ToCode())];

    /// <summary>The causes of the findings, in their order.</summary>
    public static string?[] Causes(this IEnumerable<Finding> findings) => [.. findings.Select(f => f.Cause)];

    /// <summary>"code/field" of each finding.</summary>
    public static string[] Marks(this IEnumerable<Finding> findings) => [.. findings.Select(f => $"{f.Code.ToCode()}/{f.Field}")];
}
