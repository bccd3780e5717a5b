using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// On every page of a ruleset: what is posted says which ruleset it is for, or nothing is done. A form that still shows one ruleset is thereby
/// never stored into another that was opened in a second tab meanwhile. Pages and redirects of people with several say it too.
/// </summary>
internal sealed class NamedRuleset : IAuthorizationFilter, IAlwaysRunResultFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var (request, person) = (context.HttpContext.Request, context.HttpContext.User);
        if (request.Query.ContainsKey(RulesetAddress.Parameter))
        {
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Result = new BadRequestResult();
        }
        else if (person.HasSeveralRulesets() && person.RulesetId() is { } ruleset)
        {
            context.Result = new RedirectResult(RulesetAddress.Of(request.GetEncodedPathAndQuery(), ruleset));
        }
    }

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (!context.HttpContext.User.HasSeveralRulesets() || context.HttpContext.User.RulesetId() is not { } ruleset)
        {
            return;
        }

        switch (context.Result)
        {
            case RedirectToPageResult page:
                (page.RouteValues ??= []).TryAdd(RulesetAddress.Parameter, ruleset);
                break;
            case LocalRedirectResult local when RulesetAddress.Concerns(local.Url):
                local.Url = RulesetAddress.Of(local.Url, ruleset);
                break;
            default:
                break;
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
