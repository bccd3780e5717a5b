using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health;

/// <summary>A ruleset that sends, as it is now, beside what the watch has seen of it.</summary>
internal sealed record HealthFacts(
    string RulesetName, SettingsRevision Active, LastCheck? Check, HoldFacts Hold, RulesetHealth? Seen, IReadOnlyList<OpenAlert> Open)
{
    public Guid RulesetId => Active.RulesetId;

    /// <summary>Whether anything happened that was not seen yet. The database is written to only then.</summary>
    public bool AnythingNew(DateTimeOffset now) => Seen is null
        || Seen.RevisionId != Active.Id
        || Seen.CheckedAt != Check?.StartedAt
        || Seen.Hold != Hold.Hold || Seen.HeldAt != Hold.HeldAt
        || Seen.NoticedEndsOn != Active.CredentialEndsOn
        || NoticeDue(now, Seen)
        || StandbyIsOver;

    /// <summary>A standby took over from a revision that is no longer in charge.</summary>
    public bool StandbyIsOver => Open.Any(a => a.Kind == AlertKind.StandbyTookOver && a.At < Active.ActivatedAt);

    private bool NoticeDue(DateTimeOffset now, RulesetHealth seen) =>
        Active.CredentialEndsOn is { } end && CredentialNotice.Due(CredentialNotice.DaysLeft(end, now)) is { } due && !(seen.NoticedDays <= due);
}

internal sealed record LastCheck(Guid RevisionId, DateTimeOffset StartedAt, bool Passed);

internal sealed record OpenAlert(Guid RulesetId, AlertKind Kind, string About, DateTimeOffset At);

/// <param name="Code">What the program held it for.</param>
internal sealed record HoldFacts(Guid RulesetId, Hold Hold, DateTimeOffset? HeldAt, FindingCode? Code)
{
    public bool ByProgram => Hold is Hold.Configuration or Hold.Blocked or Hold.RepeatedRefusals or Hold.Restored;
}
