using Signify.Notifications.Diagnosis;

namespace Signify.Notifications.Microsoft365;

/// <summary>Links into Microsoft's admin centers. The form of those into Entra is in wide use and not documented: a convenience, never a condition.</summary>
internal static class Portal
{
    private static readonly Uri Restricted = new("https://security.microsoft.com/restrictedusers");

    /// <summary>Null where this cloud has no such page that we know of.</summary>
    public static Uri? Link(PortalPage page, Cloud cloud, string? clientId) => page switch
    {
        PortalPage.AppOverview => AppPage(cloud, "Overview", clientId),
        PortalPage.AppPermissions => AppPage(cloud, "CallAnAPI", clientId),
        PortalPage.AppSecrets => AppPage(cloud, "Credentials", clientId),
        PortalPage.AppAuthentication => AppPage(cloud, "Authentication", clientId),
        PortalPage.RestrictedSenders => cloud.Portal.Host == MicrosoftClouds.Worldwide.Portal.Host ? Restricted : null,
        _ => null,
    };

    public static Uri AppPage(Cloud cloud, string page, string? clientId) => Guid.TryParse(clientId, out var id)
        ? new Uri(cloud.Portal, $"/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/{page}/appId/{id:D}")
        : new Uri(cloud.Portal, "/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade");
}
