namespace Signify.Notifications.Alerts;

/// <summary>Something that the administrators of a ruleset are to know now.</summary>
/// <param name="About">What tells it from another of its kind, such as <c>secret-expired</c> or <c>30 days</c>; the same one is raised once until it has ended.</param>
/// <param name="Subject">One line, without addresses and secrets.</param>
/// <param name="Text">What happened and what to do, in plain sentences.</param>
public sealed record Alert(Guid RulesetId, AlertKind Kind, string About, string Subject, string Text);
