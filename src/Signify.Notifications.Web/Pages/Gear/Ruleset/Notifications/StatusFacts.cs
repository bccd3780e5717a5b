using Signify.Notifications.Checks;
using Signify.Notifications.Health;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>All that the status line speaks of.</summary>
public sealed record StatusFacts
{
    public required SettingsOverview Overview { get; init; }

    public CheckReport? ActiveReport { get; init; }

    public CheckReport? DraftReport { get; init; }

    public bool Running { get; init; }

    /// <summary>Fields whose stored secret the present key ring does not open.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    public bool SharedRelayIsSetUp { get; init; }

    /// <summary>When the next check is, and what the credential's end is; null says nothing of them.</summary>
    public HealthView? Health { get; init; }
}
