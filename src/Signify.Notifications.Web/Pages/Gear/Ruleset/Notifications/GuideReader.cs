using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Reads what the guide's steps are judged by: the newest settings, their check, and whether a test message went.</summary>
public sealed class GuideReader(SettingsStore store, CheckStore checks, TestMessage tests, CurrentRuleset ruleset)
{
    public async Task<GuideProgress> ReadAsync(CancellationToken ct)
    {
        var newest = (await store.ReadAsync(ruleset.Id, ct)).Newest;
        return GuideEvidence.Read(newest is null ? new GuideFacts() : new GuideFacts
        {
            Revision = newest,
            Report = await checks.FindAsync(newest, ct),
            TestedAt = await tests.AcceptedAtAsync(newest, ct),
        });
    }
}
