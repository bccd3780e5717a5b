using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Activity;

/// <summary>The question before one notification is sent again.</summary>
public sealed class ResendModel(NotificationReader notifications, NotificationControl control, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if (await notifications.FindAsync(ruleset.Id, id, ct) is not { Row: var row })
        {
            return NotFound();
        }

        Question = new Confirmation($"Send it again to {row.To}?",
            [row.State == NotificationState.Sent
                ? "It was sent. Its recipient gets a second copy, as a notification of its own."
                : "It did not go. It joins the queue again under its own Message-ID."],
            "Send again", $"/activity/{id}");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        var result = await control.ResendAsync(ruleset.Id, id, User.By(), ct);
        return this.Told(result, "It joins the queue.", back: null, $"/activity/{(result is ControlResult.Done now ? now.Id : id)}");
    }
}
