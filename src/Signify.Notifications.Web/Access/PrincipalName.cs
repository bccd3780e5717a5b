using System.Security.Claims;

namespace Signify.Notifications.Web.Access;

/// <summary>Who did it, in the words of the audit log.</summary>
public static class PrincipalName
{
    public static string Name(this ClaimsPrincipal principal) => principal.Identity?.Name ?? "someone";
}
