using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

[AllowAnonymous]
[EnableRateLimiting(RateLimits.Door)]
internal sealed class SignInModel(PasswordDoor door, SignInManager<User> signIn, PasskeyAnswers answers, SignInRecord record, Members members)
    : PageModel
{
    public const string Locked =
        "Too many failed attempts. This account is locked for 15 minutes. Sign in with a passkey, or ask an administrator to unlock it.";
    public const string Wrong = "The e-mail address or the password is wrong.";
    public const string PasskeyRefused = "This passkey was not accepted. Sign in with your password, or try again.";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [StringLength(320, ErrorMessage = Wrong)]
    public string? Email { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Enter your password.")]
    [StringLength(PasswordRules.Longest, ErrorMessage = Wrong)]
    public string? Password { get; set; }

    public bool NobodyYet { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (User.Identity?.IsAuthenticated == true)
        {
            return ReturnTo.Local(Url, ReturnUrl);
        }

        NobodyYet = !await members.AnyUserAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await door.TryAsync(Email!.Trim(), Password!, ct);
        return result switch
        {
            { Succeeded: true } => ReturnTo.Local(Url, ReturnUrl),
            { RequiresTwoFactor: true } => RedirectToPage("TwoFactor", new { ReturnUrl }),
            { IsLockedOut: true } => Refuse(Locked),
            _ => Refuse(Wrong),
        };
    }

    /// <summary>The challenge for the browser's passkey dialog; for scripts.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken ct)
    {
        ModelState.Clear();
        if (await answers.AssertAsync(credential) is not { } assertion)
        {
            await record.FailedAsync(null, "passkey refused", ct);
            return Refuse(PasskeyRefused);
        }

        await door.EnterByPasskeyAsync(assertion, ct);
        return ReturnTo.Local(Url, ReturnUrl);
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError("", why);
        return Page();
    }
}
