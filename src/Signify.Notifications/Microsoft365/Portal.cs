namespace Signify.Notifications.Microsoft365;

/// <summary>Links into the Entra admin center. Their form is in wide use and not documented: a convenience, never a condition.</summary>
internal static class Portal
{
    public static Uri AppPage(Cloud cloud, string page, string? clientId) => Guid.TryParse(clientId, out var id)
        ? new Uri(cloud.Portal, $"/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/{page}/appId/{id:D}")
        : new Uri(cloud.Portal, "/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade");
}
