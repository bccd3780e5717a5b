using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Activity;

/// <summary>Every notification, found by recipient, state, time or mailing.</summary>
public sealed class IndexModel(ActivityReader activity, MailingReader mailings, CurrentRuleset ruleset) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "")]
    public ActivityForm Form { get; set; } = new();

    public Listed<ActivityRow> Listed { get; private set; } = null!;

    /// <summary>The mailing that the search is about.</summary>
    public string? MailingName { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? after, string? before, CancellationToken ct)
    {
        try
        {
            Listed = await activity.SearchAsync(ruleset.Id, Form.ToSearch(), new PageOf(after, before, PageSize), ct);
        }
        catch (FormatException)
        {
            return NotFound();      // an address that no search of ours ever had
        }

        if (Form.Mailing is { } id)
        {
            if (await mailings.FindAsync(ruleset.Id, id, ct) is not { } mailing)
            {
                return NotFound();
            }

            MailingName = mailing.Row.Name;
        }

        return Page();
    }
}
