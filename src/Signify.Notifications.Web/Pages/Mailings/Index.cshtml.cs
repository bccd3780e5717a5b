using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Mailings;

/// <summary>All mailings, newest first, a page at a time.</summary>
public sealed class IndexModel(MailingReader mailings, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    private const int PageSize = 25;

    public Listed<MailingRow> Listed { get; private set; } = null!;

    public bool MayEdit { get; private set; }

    public bool First => Listed.Previous is null;

    public async Task<IActionResult> OnGetAsync(string? after, string? before, CancellationToken ct)
    {
        MayEdit = await editRight.HasAsync(User);
        try
        {
            Listed = await mailings.ListAsync(ruleset.Id, new PageOf(after, before, PageSize), ct);
        }
        catch (FormatException)
        {
            return NotFound();      // an address that no page of ours ever had
        }

        return Page();
    }
}
