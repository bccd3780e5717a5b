using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Overview;

/// <summary>The question before sending is held.</summary>
public sealed class HoldModel(SendingHold hold, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public static Confirmation Question { get; } = new("Hold all sending?",
        ["Messages on their way are finished; then nothing goes until somebody resumes, here or over the API.", "What is handed in meanwhile is kept, in its order."],
        "Hold sending", "/overview");

    public async Task<IActionResult> OnGetAsync() => await editRight.HasAsync(User) ? Page() : Forbid();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        this.Told(await hold.HoldAsync(ruleset.Id, User.By(), ct), "Sending is held.", back: null, "/overview");
}
