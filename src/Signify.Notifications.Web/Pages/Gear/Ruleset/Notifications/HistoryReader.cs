using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Puts History together from the revisions and their last checks.</summary>
public sealed class HistoryReader(SettingsStore store, CheckStore checks, CurrentRuleset ruleset)
{
    /// <returns>The rows, newest first, and whether there are older ones.</returns>
    public async Task<(IReadOnlyList<HistoryRow> Rows, bool More)> ReadAsync(int most, CancellationToken ct)
    {
        // One more than shown: the oldest row says what it changed against the one before.
        var revisions = await store.HistoryAsync(ruleset.Id, most + 1, ct);
        var rows = HistoryRow.Of(revisions, await checks.VerdictsAsync(ruleset.Id, ct), most);
        return (rows, revisions.Count > most);
    }
}
