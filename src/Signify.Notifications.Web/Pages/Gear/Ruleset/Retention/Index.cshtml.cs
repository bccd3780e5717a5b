using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Retention;

/// <summary>Gear → Ruleset → Retention: how long what has ended is kept.</summary>
public sealed class IndexModel(RetentionSetting retention, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    /// <summary>As typed; empty goes back to the operator's default.</summary>
    [BindProperty]
    public string? Days { get; set; }

    public RetentionDays Kept { get; private set; } = null!;

    public bool MayEdit { get; private set; }

    public string? Error { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        Days = Kept.Own?.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var typed = Days?.Trim() ?? "";
        int? days = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if ((typed.Length == 0 || days is not null) && await retention.SetAsync(ruleset.Id, days, User.By(), ct))
        {
            TempData["Notice"] = days is null ? "The default counts again." : $"Kept for {Count.Of(number, "day")} from now on.";
            return RedirectToPage();
        }

        await ReadAsync(ct);
        Error = $"Write a whole number of days from {RetentionDays.Fewest} to {RetentionDays.Most.ToString("N0", CultureInfo.InvariantCulture)}.";
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct) =>
        (Kept, MayEdit) = (await retention.ReadAsync(ruleset.Id, ct), await editRight.HasAsync(User));
}
