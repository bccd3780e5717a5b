using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Mailings;

/// <summary>One mailing: how far it is, what became of its notifications, what it says, and its controls.</summary>
public sealed class MailingModel(MailingReader mailings, ContentReader contents, MailingControl control, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public MailingDetails Mailing { get; private set; } = null!;

    public ContentView? Said { get; private set; }

    public bool MayEdit { get; private set; }

    public string Address => $"/mailings/{Mailing.Row.Id}";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await mailings.FindAsync(ruleset.Id, id, ct) is not { } found)
        {
            return NotFound();
        }

        (Mailing, MayEdit) = (found, await editRight.HasAsync(User));
        Said = await contents.FindAsync(ruleset.Id, id, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostPauseAsync(long id, string? back, CancellationToken ct) =>
        Told(await control.PauseAsync(ruleset.Id, id, User.By(), ct), "The mailing is paused.", id, back);

    public async Task<IActionResult> OnPostResumeAsync(long id, string? back, CancellationToken ct) =>
        Told(await control.ResumeAsync(ruleset.Id, id, User.By(), ct), "The mailing goes on.", id, back);

    public async Task<IActionResult> OnPostRetryFailedAsync(long id, string? back, CancellationToken ct) =>
        Told(await control.RetryFailedAsync(ruleset.Id, id, User.By(), ct), "Those that failed are tried again.", id, back);

    /// <summary>What stands before the time in the line under the bar.</summary>
    public static string Expectation(MailingDetails mailing) => mailing switch
    {
        { PerMinute: { } rate, EstimatedEnd: not null } => $"{rate:N0} a minute · done about",
        { EstimatedEnd: not null } => "Done about",
        { PerMinute: { } rate } when mailing.Row.Moves() => $"{rate:N0} a minute",
        { LastSentAt: not null } when !mailing.Row.Moves() => "The last one went",
        _ => "",
    };

    private IActionResult Told(ControlResult result, string done, long id, string? back) => this.Told(result, done, back, $"/mailings/{id}");
}
