using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Mailings;

/// <summary>The result of each notification of a mailing, to download.</summary>
public sealed class ResultsModel(MailingReader mailings, ResultReader results, CurrentRuleset ruleset) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await mailings.FindAsync(ruleset.Id, id, ct) is null)
        {
            return NotFound();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"mailing-{id}-results.csv\"";
        await ResultsCsv.WriteAsync(Response.Body, results.ReadAsync(id, ct), ct);
        return new EmptyResult();
    }
}
