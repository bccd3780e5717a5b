using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.RepairKit;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The repair kit with what is known of the saved settings.</summary>
public sealed record RepairPage
{
    /// <summary>The revision whose values stand in the commands; null when nothing is saved for Microsoft 365.</summary>
    public SettingsRevision? Revision { get; init; }

    public required RepairFacts Facts { get; init; }

    /// <summary>The scripts that the last check asks for, best first, each once.</summary>
    public IReadOnlyList<RepairScript> Wanted { get; init; } = [];

    public required NetworkNote Network { get; init; }

    public IReadOnlyList<KitScript> Kit => RepairScripts.All(Facts);

    /// <summary>The pages of the portal where the kit's work begins, with what each is for.</summary>
    public IEnumerable<(string Text, Uri Address, string For)> Links
    {
        get
        {
            yield return ("API permissions", Portal.AppPage(Facts.Cloud, Portal.Permissions, Facts.ClientId), "Add a permission, and Grant admin consent.");
            yield return ("Certificates & secrets", Portal.AppPage(Facts.Cloud, Portal.Secrets, Facts.ClientId), "Make a new client secret.");
            yield return ("Overview of the app", Portal.AppPage(Facts.Cloud, Portal.Overview, Facts.ClientId), "The client ID and the tenant ID.");
            if (Portal.EnterpriseApp(Facts.Cloud, Facts.ObjectId, Facts.ClientId) is { } enterprise)
            {
                yield return ("Enterprise application", enterprise, "What has been consented to, and the Object ID that Exchange asks for.");
            }

            if (Portal.AdminConsent(Facts.Cloud, Facts.TenantId, Facts.ClientId) is { } consent)
            {
                yield return ("Consent by link", consent, "To send to somebody who may consent. It works only when the app has a redirect URI; without one they click Grant admin consent at API permissions.");
            }
        }
    }
}
