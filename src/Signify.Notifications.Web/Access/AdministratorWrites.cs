using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Signify.Notifications.Web.Access;

/// <summary>On every page under Gear, and on those of delivery: whoever posts must be an administrator. A new page is guarded before anyone thinks of it.</summary>
internal sealed class AdministratorWrites : IAsyncAuthorizationFilter
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return;
        }

        var authorization = context.HttpContext.RequestServices.GetRequiredService<IAuthorizationService>();
        if (!(await authorization.AuthorizeAsync(context.HttpContext.User, AccessPolicies.Administrator)).Succeeded)
        {
            context.Result = new ForbidResult();
        }
    }
}
