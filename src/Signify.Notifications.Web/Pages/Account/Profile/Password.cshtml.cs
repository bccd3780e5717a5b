using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Pages.Account.Profile;

[EnableRateLimiting(RateLimits.Door)]
[RequireRecentSignIn]
internal sealed class PasswordModel(OwnAccount account) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your present password.")]
    public string? Present { get; set; }

    [BindProperty]
    public NewPasswordForm Form { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var changed = await account.ChangePasswordAsync(User, Present!, Form.Password!, ct);
        if (changed.Errors.Any(e => e.Code == "PasswordMismatch"))
        {
            ModelState.AddModelError(nameof(Present), "This is not your present password.");
            return Page();
        }

        if (changed.Errors.Any(e => e.Code == OwnAccount.LockedOut))
        {
            ModelState.AddModelError(nameof(Present), SignInModel.Locked);
            return Page();
        }

        if (!changed.Succeeded)
        {
            ModelState.AddErrors(changed, "Form.");
            return Page();
        }

        TempData["Notice"] = "The password is changed.";
        return RedirectToPage("Index");
    }
}
