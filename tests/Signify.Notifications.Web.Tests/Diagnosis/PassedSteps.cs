using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Web.Tests.Diagnosis;

/// <summary>The state of a step agrees with its sentence: what passed says nothing that is missing, unknown or refused.</summary>
internal static partial class PassedSteps
{
    public static void Assert(string scenario, JsonElement steps)
    {
        var denied = steps.EnumerateArray()
            .Where(step => step.GetProperty("state").GetString() == "passed")
            .Select(step => step.GetProperty("summary").GetString()!)
            .Where(summary => summary.Length == 0 || Negative().IsMatch(Names().Replace(summary, "")))
            .ToList();

        Xunit.Assert.True(denied.Count == 0, $"{scenario}: passed, but says: {string.Join(" / ", denied)}");
    }

    // The sandbox names apps and mailboxes after their scenario: "Signify (no consent)", "recipient-unknown@contoso.com".
    [GeneratedRegex(@"\bSignify \([^)]*\)|\S+@\S+")]
    private static partial Regex Names();

    [GeneratedRegex(@"\b(not|no|none|nothing|neither|nor|never|cannot|unknown|refused|rejected|failed|missing|denied|without)\b|n't\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negative();
}
