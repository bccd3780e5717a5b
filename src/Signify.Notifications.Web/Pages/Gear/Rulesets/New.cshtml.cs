using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;
using DefaultRuleset = Signify.Notifications.Rulesets.Ruleset;

namespace Signify.Notifications.Web.Pages.Gear.Rulesets;

/// <summary>Makes a ruleset. That is for the administrators of the one that the installation started with: see docs/decisions/0020.</summary>
[Authorize(AccessPolicies.Administrator)]
public sealed class NewModel(RulesetMaking making, CurrentRuleset ruleset) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    public string? Error { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (ruleset.Id != DefaultRuleset.DefaultId)
        {
            context.Result = Forbid();
        }
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        switch (await making.CreateAsync(Name, User.UserId(), User.By(), ct))
        {
            case RulesetMade.Done made:
                TempData["Notice"] = $"{made.Name} is made, with you as its administrator. Set its notifications up, and let others in under Users.";
                return LocalRedirect(RulesetAddress.Of("/gear/rulesets", made.Id));
            case RulesetMade.Refused refused:
                Error = refused.Fault;
                break;
            default:
                throw new InvalidOperationException("A wish for a ruleset that was neither granted nor refused.");
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
