using Microsoft.AspNetCore.Mvc;

namespace Signify.Notifications.Web.Access;

internal static class ReturnTo
{
    /// <summary>The overview, or the settings while nothing sends yet.</summary>
    private const string Start = "/";

    /// <summary>Back to where the visitor wanted to go, if that is on this host; a link must not send a signed-in user elsewhere.</summary>
    public static LocalRedirectResult Local(IUrlHelper url, string? returnUrl) =>
        new(url.IsLocalUrl(returnUrl) && returnUrl != "/" ? returnUrl : Start);
}
