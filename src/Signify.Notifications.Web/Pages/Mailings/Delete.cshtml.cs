using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Mailings;

/// <summary>The question before a mailing is deleted.</summary>
public sealed class DeleteModel(MailingReader mailings, MailingControl control, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if (await mailings.FindAsync(ruleset.Id, id, ct) is not { Row: var row })
        {
            return NotFound();
        }

        Question = new Confirmation($"Delete “{row.Name}”?",
            [$"Its words, its files and {Count.Of(row.Counts.Total, "notification")} with addresses and attempts are deleted. What was sent goes on counting against the provider's limits.", "This cannot be undone."],
            "Delete the mailing", $"/mailings/{id}")
        { Danger = true, No = "Keep it" };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        var result = await control.DeleteAsync(ruleset.Id, id, User.By(), ct);
        return this.Told(result, "The mailing is deleted.", back: null, result is ControlResult.Done ? "/mailings" : $"/mailings/{id}");
    }
}
