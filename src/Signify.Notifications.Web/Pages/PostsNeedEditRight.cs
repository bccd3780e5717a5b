using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Signify.Notifications.Web.Pages;

/// <summary>On a page that viewers may read: every POST needs the right to change, whichever handler it goes to.</summary>
public sealed class PostsNeedEditRight(EditRight editRight) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && !await editRight.HasAsync(http.User))
        {
            context.Result = new ForbidResult();
            return;
        }

        await next();
    }
}
