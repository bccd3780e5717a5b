using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Mailings;

/// <summary>The question before a mailing is cancelled.</summary>
public sealed class CancelModel(MailingReader mailings, MailingControl control, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, string? back, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if (await mailings.FindAsync(ruleset.Id, id, ct) is not { Row: var row })
        {
            return NotFound();
        }

        Question = new Confirmation($"Cancel “{row.Name}”?",
            [$"{Count.Of(row.Counts.Waiting, "notification is", "notifications are")} still to go and will not be sent. {Count.Of(row.Counts.Sent, "has", "have")} gone and cannot be called back.", "This cannot be undone. To stop for a while, pause it instead."],
            "Cancel the mailing", Url.IsLocalUrl(back) ? back : $"/mailings/{id}")
        { Danger = true, No = "Keep it" };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, string? back, CancellationToken ct) =>
        this.Told(await control.CancelAsync(ruleset.Id, id, User.By(), ct), "The mailing is cancelled.", back, $"/mailings/{id}");
}
