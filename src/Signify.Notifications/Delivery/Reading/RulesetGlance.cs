using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>How a ruleset is, in a line of the list.</summary>
/// <param name="Settings">Active when they send, Draft when they only wait for a check that passes; null when there are none.</param>
public sealed record RulesetGlance(RevisionState? Settings, Hold Hold, BoundedCount Waiting, BoundedCount Members);
