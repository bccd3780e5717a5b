using System.Text.Json;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The answer of a Save, read.</summary>
public sealed record SavedSettings(JsonElement Body)
{
    public string? State => Body.GetProperty("state").GetString();

    public string? Route => Body.GetProperty("check").TryGetProperty("route", out var route) ? route.GetString() : null;

    /// <summary>By name: the state of each step.</summary>
    public IReadOnlyDictionary<string, string> Steps => Body.GetProperty("check").GetProperty("steps").EnumerateArray()
        .ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("state").GetString()!);

    public IReadOnlyList<SavedFinding> Findings => [.. Body.GetProperty("check").GetProperty("steps").EnumerateArray().SelectMany(step =>
        step.GetProperty("findings").EnumerateArray().Select(f => new SavedFinding(
            f.GetProperty("code").GetString()!,
            f.TryGetProperty("field", out var marked) ? marked.GetString() : null,
            f.GetProperty("severity").GetString()!,
            step.GetProperty("name").GetString()!)))];

    /// <summary>Fails with the whole answer when the settings are not in charge, over SMTP.</summary>
    public void AssertActiveOverSmtp() => Assert.True((State, Route) == ("active", "smtp"), Body.GetRawText());

    public string Evidence(string step) => Body.GetProperty("check").GetProperty("steps").EnumerateArray()
        .Single(s => s.GetProperty("name").GetString() == step).GetProperty("evidence").GetString()!;
}

public sealed record SavedFinding(string Code, string? Field, string Severity, string Step);
