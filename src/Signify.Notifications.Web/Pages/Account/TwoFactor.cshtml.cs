using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>The second step of a sign-in: a code of the authenticator, or a recovery code.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Door)]
internal sealed class TwoFactorModel(SignInManager<User> signIn, SignInRecord record) : PageModel
{
    public const string WrongCode = "This code is wrong or has run out. Enter the one that the app shows now.";
    public const string WrongRecoveryCode = "This recovery code is wrong or was used already.";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("SignIn", new { ReturnUrl }) : Page();

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        EnterAsync("password and authenticator", WrongCode, code => signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false), ct);

    public Task<IActionResult> OnPostRecoveryAsync(CancellationToken ct) =>
        EnterAsync("password and recovery code", WrongRecoveryCode, signIn.TwoFactorRecoveryCodeSignInAsync, ct);

    private async Task<IActionResult> EnterAsync(
        string how, string wrong, Func<string, Task<Microsoft.AspNetCore.Identity.SignInResult>> enter, CancellationToken ct)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return RedirectToPage("SignIn", new { ReturnUrl });
        }

        var result = await enter((Code ?? "").Replace(" ", "", StringComparison.Ordinal).Trim());
        if (result.Succeeded)
        {
            await record.SucceededAsync(user, how, ct);
            return ReturnTo.Local(Url, ReturnUrl);
        }

        await record.FailedAsync(user, result.IsLockedOut ? "account locked" : "wrong code", ct);
        ModelState.Clear();
        ModelState.AddModelError("", result.IsLockedOut ? SignInModel.Locked : wrong);
        Code = null;
        return Page();
    }
}
