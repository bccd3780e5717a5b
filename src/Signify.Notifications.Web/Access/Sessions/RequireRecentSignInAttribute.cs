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

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var (http, now) = (context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (http.User.AuthenticatedAt() is not { } at || now - at > Window)
        {
            context.Result = new RedirectToPageResult("/Account/Confirm", new { returnUrl = http.Request.Path.Value });
        }
    }
}
