using System.Text.Json;
using Signify.Notifications.Sandbox.Scenarios;

namespace Signify.Notifications.Web.Tests.Diagnosis;

/// <summary>What the program found out about a fault of the sandbox.</summary>
internal sealed record DiagnosedFault(SandboxScenario Scenario, string? Code, string? Cause, string? Field, string Message, string Remedy)
{
    public static DiagnosedFault Of(SandboxScenario scenario, JsonElement? finding) => finding is not { } first
        ? new(scenario, null, null, null, "Nothing is wrong.", "")
        : new(scenario, Text(first, "code"), Text(first, "cause"), Text(first, "field"), Text(first, "message")!, Text(first, "remedy")!);

    private static string? Text(JsonElement finding, string name) => finding.TryGetProperty(name, out var value) ? value.GetString() : null;
}
