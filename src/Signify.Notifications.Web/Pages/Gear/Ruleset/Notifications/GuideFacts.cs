using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>All that the guide's steps are judged by.</summary>
public sealed record GuideFacts
{
    /// <summary>The draft, else what is in use; null in a new ruleset.</summary>
    public SettingsRevision? Revision { get; init; }

    /// <summary>Its last check.</summary>
    public CheckReport? Report { get; init; }

    /// <summary>When a test message of it was accepted.</summary>
    public DateTimeOffset? TestedAt { get; init; }
}
