using Microsoft.Extensions.Options;
using Signify.Notifications.Checks;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.RepairKit;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Fills the repair kit in from the newest settings and their last check.</summary>
public sealed class RepairReader(SettingsStore store, CheckStore checks, Clouds clouds, IOptions<SharedRelayOptions> sharedRelay, CurrentRuleset ruleset)
{
    public async Task<RepairPage> ReadAsync(CancellationToken ct)
    {
        var overview = await store.ReadAsync(ruleset.Id, ct);
        var newest = overview.Newest;
        var report = newest is null ? null : await checks.FindAsync(newest, ct);
        var network = Network(newest);
        if (newest is not { SignIn: SignIn.Token })
        {
            return new RepairPage { Facts = new RepairFacts { Cloud = CloudOf(null) }, Network = network };
        }

        var seen = SeenTokens.Of(report).ObjectId ?? await OfActiveAsync(overview, ct);
        return new RepairPage
        {
            Revision = newest,
            Facts = RepairFacts.Of(store.Open(newest), CloudOf(newest.Cloud), seen),
            Wanted = [.. (report?.Findings ?? []).SelectMany(f => f.Repair).Distinct()],
            Network = network,
        };
    }

    // A draft may fail before its token; the Object ID of the same app is the same.
    private async Task<string?> OfActiveAsync(SettingsOverview overview, CancellationToken ct) =>
        overview is { Active: { } active, Draft: { } draft } && active.ClientId == draft.ClientId && active.TenantId == draft.TenantId && active.Cloud == draft.Cloud
            ? SeenTokens.Of(await checks.FindAsync(active, ct)).ObjectId
            : null;

    private NetworkNote Network(SettingsRevision? stored) => stored switch
    {
        { SignIn: SignIn.Password or SignIn.None } own => NetworkNote.For(own.ServerName, own.Port),
        { SignIn: SignIn.SharedRelay } when sharedRelay.Value is { Host: { Length: > 0 } host } relay => NetworkNote.For(host, relay.Port),
        { SignIn: SignIn.Token } token => NetworkNote.For(CloudOf(token.Cloud), token.Route, token.Port),
        _ => NetworkNote.For(CloudOf(null), RouteChoice.Automatic, 587),
    };

    // A cloud that is gone from the configuration must not keep the page from opening.
    private Cloud CloudOf(string? name) => clouds.Find(name) ?? clouds.Find("Worldwide")!;
}
