using Signify.Notifications.Findings;

namespace Signify.Notifications.Checks;

/// <summary>What a step that did not fail brings back: its value for the next steps, and what to show.</summary>
internal sealed record StepResult<T>(T Value, string Summary)
{
    public string? Evidence { get; init; }

    /// <summary>Warnings: a step with an error throws.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];
}
