using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>Where the link leads that an administrator handed over: sets the password.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Door)]
internal sealed class InvitationModel(InvitedUsers invited) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public NewPasswordForm Form { get; set; } = new();

    /// <summary>Null: the link does not open.</summary>
    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return await ShowAsync(ct);
        }

        var set = await invited.AcceptAsync(Token, Form.Password!, ct);
        if (set is not { Succeeded: true })
        {
            if (set is not null)
            {
                ModelState.AddErrors(set, "Form.");
            }

            return await ShowAsync(ct);
        }

        TempData["Notice"] = "Your password is set. Sign in.";
        return RedirectToPage("SignIn");
    }

    private async Task<PageResult> ShowAsync(CancellationToken ct)
    {
        Email = (await invited.FindAsync(Token, ct))?.Email;
        Response.StatusCode = Email is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
        return Page();
    }
}
