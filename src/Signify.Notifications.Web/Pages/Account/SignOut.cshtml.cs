using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

[Authorize]
internal sealed class SignOutModel(SignInManager<User> signIn, AuditLog audit) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await signIn.SignOutAsync();
        await audit.WriteAsync(User.RulesetId() ?? Ruleset.DefaultId, User.By(), AuditAction.SignedOut, $"user {User.By()}", details: null, ct);
        TempData["Notice"] = "You are signed out.";
        return RedirectToPage("SignIn");
    }
}
