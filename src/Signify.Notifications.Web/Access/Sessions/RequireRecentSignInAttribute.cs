using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Signify.Notifications.Web.Access.Sessions;

/// <summary>
/// For pages that change how a user signs in: whoever sits down at a session left open confirms that it is them first. The page is
/// opened again afterwards; what was posted is not done.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequireRecentSignInAttribute : Attribute, IAuthorizationFilter
{
    /// <summary>How long a sign-in or a confirmation lasts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public void OnAuthorization(AuthorizationFilterContext context) => context.Result = ConfirmationFor(context.HttpContext) ?? context.Result;

    /// <summary>For a handler that needs it where its page does not.</summary>
    /// <returns>Null when the sign-in is recent.</returns>
    public static IActionResult? ConfirmationFor(HttpContext http)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return http.User.AuthenticatedAt() is { } at && now - at <= Window ? null
            : new RedirectToPageResult("/Account/Confirm", new { returnUrl = http.Request.Path.Value });
    }
}
