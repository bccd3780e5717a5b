using Microsoft.Extensions.Options;
using Signify.Notifications.Checks;
using Signify.Notifications.Health;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Puts the settings page together from what is stored and from the check that runs.</summary>
public sealed class SettingsPageReader(
    SettingsStore store, CheckStore checks, CheckRunner runner, FieldRules rules, Clouds clouds, WorkloadIdentity workload, TimeProvider time,
    IOptions<SharedRelayOptions> sharedRelay, HealthReader health, CurrentRuleset ruleset)
{
    public async Task<SettingsPage> ReadAsync(bool mayEdit, CancellationToken ct)
    {
        var overview = await store.ReadAsync(ruleset.Id, ct);
        var active = overview.Active is null ? null : await checks.FindAsync(overview.Active, ct);
        var draft = overview.Draft is null ? null : await checks.FindAsync(overview.Draft, ct);
        var newest = overview.Newest;
        // The program's own check of what is in use does not take the place of a draft's.
        var progress = Running() is { } running && running.Revision.Id == newest?.Id ? running : null;
        var found = newest is null ? [] : rules.Judge(newest);
        var unstored = newest is not null && runner.IsUnstored(newest);
        var report = progress?.Report ?? (unstored ? null : overview.Draft is null ? active : draft);
        return new SettingsPage
        {
            Overview = overview,
            Status = StatusLine.Of(new StatusFacts
            {
                Overview = overview,
                ActiveReport = active,
                DraftReport = draft,
                Running = progress is not null,
                Unreadable = Unreadable(overview),
                SharedRelayIsSetUp = sharedRelay.Value.IsSetUp,
                Health = overview.Active is null ? null : await health.ReadAsync(ruleset.Id, ct),
            }),
            Check = CheckCard.Of(progress?.Revision ?? newest, report, progress is not null, time.GetUtcNow()),
            View = new SettingsView
            {
                Form = NotificationsForm.From(newest),
                BasedOn = overview.NewestNumber,
                Stored = newest,
                MayEdit = mayEdit,
                Messages = [.. FieldMessage.OfRules(found), .. FieldMessage.OfCheck(progress is null ? report : null, found)],
                Clouds = clouds.All,
                SharedRelay = sharedRelay.Value,
                Today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
                Workload = (workload.OfferedTo(ruleset.Id), workload.WhyNot(ruleset.Id), workload.ClientIdOfHost),
                MayUseWorkload = workload.Allows(ruleset.Id),
            },
        };
    }

    /// <summary>The check under way; null also in the moment between its end and its removal.</summary>
    public CheckProgress? Running() => runner.Find(ruleset.Id) is { Completion.IsCompleted: false } progress ? progress : null;

    private List<string> Unreadable(SettingsOverview overview) =>
        [.. new[] { overview.Newest, overview.Active }.OfType<SettingsRevision>().SelectMany(store.UnreadableSecrets).Distinct()];
}
