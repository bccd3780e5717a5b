using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Name;

/// <summary>Gear → Ruleset → Name: what the ruleset is called.</summary>
public sealed class IndexModel(RulesetMaking making, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    public bool MayEdit { get; private set; }

    public string? Error { get; private set; }

    public async Task OnGetAsync() => (Name, MayEdit) = (ruleset.Name, await editRight.HasAsync(User));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        switch (await making.RenameAsync(ruleset.Id, Name, User.By(), ct))
        {
            case RulesetMade.Done renamed:
                TempData["Notice"] = $"The ruleset is called {renamed.Name}.";
                return RedirectToPage();
            case RulesetMade.Refused refused:
                Error = refused.Fault;
                break;
            default:
                throw new InvalidOperationException("A name that was neither taken nor refused.");
        }

        MayEdit = true;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
