using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Activity;

/// <summary>One notification: every attempt with the server's words, the message as its recipient reads it, and what can be done.</summary>
public sealed class NotificationModel(
    NotificationReader notifications, MessageReader messages, NotificationControl control, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public NotificationDetails Notification { get; private set; } = null!;

    public MessageView? Message { get; private set; }

    public bool MayEdit { get; private set; }

    public string Address => $"/activity/{Notification.Row.Id}";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await notifications.FindAsync(ruleset.Id, id, ct) is not { } found)
        {
            return NotFound();
        }

        (Notification, MayEdit) = (found, await editRight.HasAsync(User));
        Message = await messages.FindAsync(ruleset.Id, id, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(long id, CancellationToken ct) =>
        Told(await control.CancelAsync(ruleset.Id, id, User.By(), ct), "The notification is cancelled.", id);

    public async Task<IActionResult> OnPostArrivedAsync(long id, CancellationToken ct) =>
        Told(await control.SettleAsync(ruleset.Id, id, DoubtVerdict.Arrived, User.By(), ct), "Noted: it arrived.", id);

    public async Task<IActionResult> OnPostSendAgainAsync(long id, CancellationToken ct) =>
        Told(await control.SettleAsync(ruleset.Id, id, DoubtVerdict.SendAgain, User.By(), ct), "It is sent again.", id);

    private IActionResult Told(ControlResult result, string done, long id) =>
        this.Told(result, done, back: null, $"/activity/{(result is ControlResult.Done now ? now.Id : id)}");
}
