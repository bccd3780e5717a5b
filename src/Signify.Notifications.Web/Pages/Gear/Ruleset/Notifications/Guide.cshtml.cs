using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>How to set Microsoft 365 up, in six steps. The same text for offline reading is docs/setup-microsoft-365.md.</summary>
public sealed class GuideModel : PageModel;
