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

        if (await mailings.FindAsync(ruleset.Id, id, ct) is not { } mailing)
        {
            return NotFound();
        }

        if (!mailing.Can.Delete)
        {
            TempData["Problem"] = "Cancel the mailing before you delete it: it is not finished.";
            return LocalRedirect($"/mailings/{id}");
        }

        var (row, counts) = (mailing.Row, mailing.Row.Counts);
        Question = new Confirmation($"Delete “{row.Name}”?",
            [
                $"Of {Count.Of(counts.Total, "notification")}, {counts.Sent:N0} sent, {counts.Failed:N0} failed, {counts.InDoubt:N0} unconfirmed, "
                    + $"{counts.Cancelled + counts.Expired + counts.Waiting:N0} canceled, expired or not finished. Nothing more of it will be sent.",
                "The text, the files, and all addresses and attempts are deleted. The audit log keeps the numbers, not the recipients: "
                    + "download the results first to know later who received it. What was sent still counts against the provider's limits.",
                "This cannot be undone.",
            ],
            "Delete the mailing", $"/mailings/{id}")
        {
            Danger = true,
            No = "Keep it",
            Download = ("Download the results (CSV)", $"/mailings/{id}/results.csv"),
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        var result = await control.DeleteAsync(ruleset.Id, id, User.By(), ct);
        return this.Told(result, "The mailing is deleted.", back: null, result is ControlResult.Done ? "/mailings" : $"/mailings/{id}");
    }
}
