using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Signify.Notifications.Web.Pages;

/// <summary>The way in. It leads to the settings until there is an overview.</summary>
public sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => RedirectToPage("/Gear/Ruleset/Notifications/Index");
}
