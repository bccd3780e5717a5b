namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>Ready-made values for the settings form, and what the check is to find with them.</summary>
public sealed record SandboxScenario
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence: what it shows.</summary>
    public required string Description { get; init; }

    public ScenarioArea Area { get; init; } = ScenarioArea.Setup;

    /// <summary>What shows it: the check at Save, or a test message after a check that passes.</summary>
    public ScenarioProof ShownBy { get; init; }

    /// <summary>The finding that stands first; null when the check passes.</summary>
    public string? ExpectedFindingCode { get; init; }

    public string ServerName { get; init; } = "Sandbox";

    public required int Port { get; init; }

    public int TimeoutSeconds { get; init; } = 30;

    public string BatchSize { get; init; } = "medium";

    public required string FromEmail { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public required string TenantId { get; init; }

    public string Cloud { get; init; } = "Sandbox";

    public string Route { get; init; } = "automatic";
}
