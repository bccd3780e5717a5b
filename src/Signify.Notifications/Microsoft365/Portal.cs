using Signify.Notifications.Diagnosis;

namespace Signify.Notifications.Microsoft365;

/// <summary>Links into Microsoft's admin centers. The form of those into Entra is in wide use and not documented: a convenience, never a condition.</summary>
public static class Portal
{
    public const string Permissions = "CallAnAPI";
    public const string Overview = "Overview";
    public const string Secrets = "Credentials";

    private static readonly Uri Restricted = new("https://security.microsoft.com/restrictedusers");

    /// <summary>Null where this cloud has no such page that we know of.</summary>
    public static Uri? Link(PortalPage page, Cloud cloud, string? clientId) => page switch
    {
        PortalPage.AppOverview => AppPage(cloud, Overview, clientId),
        PortalPage.AppPermissions => AppPage(cloud, Permissions, clientId),
        PortalPage.AppSecrets => AppPage(cloud, Secrets, clientId),
        PortalPage.AppAuthentication => AppPage(cloud, "Authentication", clientId),
        PortalPage.RestrictedSenders => cloud.Portal.Host == MicrosoftClouds.Worldwide.Portal.Host ? Restricted : null,
        _ => null,
    };

    /// <summary>A page of the app registration; without a client ID the list of them.</summary>
    public static Uri AppPage(Cloud cloud, string page, string? clientId) => Guid.TryParse(clientId, out var id)
        ? new Uri(cloud.Portal, $"/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/{page}/appId/{id:D}")
        : new Uri(cloud.Portal, "/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade");

    /// <summary>The enterprise application's permissions, granted ones included. Null without its Object ID, which a token tells.</summary>
    public static Uri? EnterpriseApp(Cloud cloud, string? objectId, string? clientId) => Guid.TryParse(objectId, out var app) && Guid.TryParse(clientId, out var id)
        ? new Uri(cloud.Portal, $"/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Permissions/objectId/{app:D}/appId/{id:D}")
        : null;

    /// <summary>Asks an administrator for consent to all permissions that the registration lists. Entra wants a redirect URI on the app for it.</summary>
    public static Uri? AdminConsent(Cloud cloud, string? tenantId, string? clientId) => Guid.TryParse(clientId, out var id) && !string.IsNullOrWhiteSpace(tenantId)
        ? new Uri(cloud.Authority, $"/{Uri.EscapeDataString(tenantId)}/adminconsent?client_id={id:D}")
        : null;
}
