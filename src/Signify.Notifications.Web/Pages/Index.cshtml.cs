using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages;

/// <summary>The way in: to what goes on, or to the settings while there are none in use.</summary>
public sealed class IndexModel(SettingsStore settings, CurrentRuleset ruleset) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        (await settings.ReadAsync(ruleset.Id, ct)).Active is null
            ? RedirectToPage("/Gear/Ruleset/Notifications/Index")
            : RedirectToPage("/Overview/Index");
}
