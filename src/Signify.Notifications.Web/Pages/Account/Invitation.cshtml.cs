using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>Where the link leads that an administrator handed over: sets the password, or gives an account access to one more ruleset.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Door)]
internal sealed class InvitationModel(InvitedUsers invited, AccessOffers offers, NotificationsDbContext db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public NewPasswordForm Form { get; set; } = new();

    /// <summary>Null: the link does not open.</summary>
    public string? Email { get; private set; }

    /// <summary>Access to a ruleset for somebody who has an account; null when the link sets a password.</summary>
    public AccessOffers.Offer? Offer { get; private set; }

    /// <summary>Where they come back to from the sign-in.</summary>
    public string Here => $"/account/invitation?token={Token}";

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

    public async Task<IActionResult> OnPostTakeUpAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (User.Identity?.IsAuthenticated == true && await offers.TakeUpAsync(db, Token, User.UserId(), ct) is { } taken)
        {
            TempData["Notice"] = $"You may open {taken.Ruleset} now.";
            return LocalRedirect(RulesetAddress.Of("/overview", taken.RulesetId));
        }

        return await ShowAsync(ct);
    }

    private async Task<PageResult> ShowAsync(CancellationToken ct)
    {
        Offer = await offers.FindAsync(db, Token, ct);
        Email = Offer?.Email ?? (await invited.FindAsync(Token, ct))?.Email;
        Response.StatusCode = Email is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
        return Page();
    }
}
