using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;

namespace Signify.Notifications.Web.Pages;

/// <summary>What a control led to, told on the page that is shown next.</summary>
public static class ControlNotices
{
    /// <summary>Says what was done, or why not, and goes back to where the button was pressed.</summary>
    /// <param name="done">"Paused November payslips."; what the control itself has to add follows.</param>
    /// <param name="back">A path of this host; anything else leads to <paramref name="otherwise"/>.</param>
    public static IActionResult Told(this PageModel page, ControlResult result, string done, string? back, string otherwise)
    {
        switch (result)
        {
            case ControlResult.NotFound:
                return page.NotFound();
            case ControlResult.NotPossible refused:
                page.TempData["Problem"] = refused.Why;
                break;
            case ControlResult.Done { Words: var words }:
                page.TempData["Notice"] = words is null ? done : $"{done} {words}";
                break;
            default:
                throw new InvalidOperationException($"A control ended in {result.GetType().Name}.");
        }

        return page.LocalRedirect(page.Url.IsLocalUrl(back) ? back : otherwise);
    }
}
