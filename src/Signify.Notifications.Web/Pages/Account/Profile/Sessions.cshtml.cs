using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Pages.Account.Profile;

[RequireRecentSignIn]
internal sealed class SessionsModel(UserSessions sessions, OwnAccount account, SignInManager<User> signIn) : PageModel
{
    public IReadOnlyList<UserSession> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Sessions = await sessions.ListAsync(User.UserId(), ct);

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct)
    {
        await account.EndSessionAsync(User, id, ct);
        TempData["Notice"] = "The session is signed out.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostOthersAsync(CancellationToken ct)
    {
        await account.EndSessionsAsync(User, andThisOne: false, ct);
        TempData["Notice"] = "All other sessions are signed out.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAllAsync(CancellationToken ct)
    {
        await account.EndSessionsAsync(User, andThisOne: true, ct);
        await signIn.SignOutAsync();
        TempData["Notice"] = "You are signed out everywhere.";
        return RedirectToPage("/Account/SignIn");
    }
}
