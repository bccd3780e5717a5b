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
    // In an encrypted cookie while they sign in: an address with the token in it would be in the logs of proxies.
    private const string Offered = "OfferToken";

    [BindProperty]
    public string? Token { get; set; }

    [BindProperty]
    public NewPasswordForm Form { get; set; } = new();

    /// <summary>The token has not arrived yet: it is in the link's fragment.</summary>
    public bool AsksForCode { get; private set; }

    /// <summary>Null: the link does not open.</summary>
    public string? Email { get; private set; }

    /// <summary>Access to a ruleset for somebody who has an account; null when the link sets a password.</summary>
    public AccessOffers.Offer? Offer { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // Back from the sign-in with an offer that is still open.
        if (TempData.Peek(Offered) is string token && await offers.FindAsync(db, token, ct) is not null)
        {
            Token = token;
            return await ShowAsync(ct);
        }

        AsksForCode = true;
        return Page();
    }

    public async Task<IActionResult> OnPostOpenAsync(CancellationToken ct)
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

        var set = await invited.AcceptAsync(LinkCode.Read(Token), Form.Password!, ct);
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
        if (User.Identity?.IsAuthenticated == true && await offers.TakeUpAsync(db, LinkCode.Read(Token), User.UserId(), ct) is { } taken)
        {
            TempData.Remove(Offered);
            TempData["Notice"] = $"You may open {taken.Ruleset} now.";
            return LocalRedirect(RulesetAddress.Of("/overview", taken.RulesetId));
        }

        return await ShowAsync(ct);
    }

    private async Task<PageResult> ShowAsync(CancellationToken ct)
    {
        Token = LinkCode.Read(Token);
        Offer = await offers.FindAsync(db, Token, ct);
        if (Offer is not null && User.Identity?.IsAuthenticated != true)
        {
            TempData[Offered] = Token;
        }

        Email = Offer?.Email ?? (await invited.FindAsync(Token, ct))?.Email;
        Response.StatusCode = Email is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
        return Page();
    }
}
