using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>One revision in History: who, when, what changed against the one before it, and what its check said.</summary>
/// <param name="Passed">Null when no check of it came to a verdict.</param>
/// <param name="MayRollBack">Not the newest one: bringing that back would change nothing.</param>
public sealed record HistoryRow(SettingsRevision Revision, IReadOnlyList<SettingsChange> Changes, bool? Passed, bool MayRollBack)
{
    public (string Tone, string Icon, string Text) StateBadge => Revision.State switch
    {
        RevisionState.Active => ("good", "check", "In use"),
        RevisionState.Draft => ("neutral", "dash", "Draft"),
        _ => ("neutral", "dash", "Retired"),
    };

    public (string Tone, string Icon, string Text) Verdict => Passed switch
    {
        true => ("good", "check", "Passed"),
        false => ("bad", "bad", "Did not pass"),
        null => ("neutral", "dash", "No verdict"),
    };

    /// <summary>The rows of History, newest first.</summary>
    /// <param name="revisions">Newest first; the last one only as what came before.</param>
    /// <param name="verdicts">By revision.</param>
    /// <param name="most">How many to show.</param>
    public static IReadOnlyList<HistoryRow> Of(IReadOnlyList<SettingsRevision> revisions, IReadOnlyDictionary<Guid, bool> verdicts, int most) =>
        [.. revisions.Take(most).Select((revision, i) => new HistoryRow(
            revision,
            SettingsChange.Between(revisions.ElementAtOrDefault(i + 1), revision),
            verdicts.TryGetValue(revision.Id, out var passed) ? passed : null,
            i > 0))];
}
