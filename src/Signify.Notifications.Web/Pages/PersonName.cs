using System.Security.Claims;

namespace Signify.Notifications.Web.Pages;

public static class PersonName
{
    /// <summary>The name that revisions, the audit log and the top bar show for whoever is signed in.</summary>
    public static string DisplayName(this ClaimsPrincipal user) => user.Identity?.Name ?? "someone";
}
