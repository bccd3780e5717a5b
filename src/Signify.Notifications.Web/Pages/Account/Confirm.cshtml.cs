using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>Asks a signed-in user to authenticate again, and leads back to where they were.</summary>
[Authorize(AccessPolicies.OwnAccount)]
[EnableRateLimiting(RateLimits.Door)]
internal sealed class ConfirmModel(
    SignInConfirmation confirmation, UserManager<User> users, SignInManager<User> signIn, PasskeyAnswers answers,
    SignInRecord record) : PageModel
{
    public const string Wrong = "The password is wrong.";
    public const string WrongWithCode = "The password or the code is wrong.";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the password is enough: not where a second factor is missing and the user has a passkey alone.</summary>
    public bool ByPassword { get; private set; }

    public bool WithCode { get; private set; }

    public bool ByPasskey { get; private set; }

    public Task OnGetAsync()
    {
        ModelState.Clear();
        return ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync(string? password, string? code, CancellationToken ct)
    {
        ModelState.Clear();
        await ShowAsync();
        if (!ByPassword || string.IsNullOrEmpty(password) || password.Length > PasswordRules.Longest)
        {
            return Refuse(WithCode ? WrongWithCode : Wrong);
        }

        return await confirmation.ByPasswordAsync(User, password, code, ct) switch
        {
            SignInConfirmation.Outcome.Confirmed => ReturnTo.Local(Url, ReturnUrl),
            SignInConfirmation.Outcome.LockedOut => Refuse(SignInModel.Locked),
            _ => Refuse(WithCode ? WrongWithCode : Wrong),
        };
    }

    /// <summary>The challenge for the browser's passkey dialog; for scripts.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        Content(await signIn.MakePasskeyRequestOptionsAsync(await users.GetUserAsync(User)), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken ct)
    {
        ModelState.Clear();
        await ShowAsync();
        if (await answers.AssertAsync(credential) is { } assertion && await confirmation.ByPasskeyAsync(User, assertion, ct))
        {
            return ReturnTo.Local(Url, ReturnUrl);
        }

        await record.FailedAsync(await users.GetUserAsync(User), "passkey refused while signed in", ct);
        return Refuse(SignInModel.PasskeyRefused);
    }

    private async Task ShowAsync()
    {
        var me = await users.GetUserAsync(User) ?? throw new InvalidOperationException("The signed-in user no longer exists.");
        WithCode = await signIn.IsTwoFactorEnabledAsync(me);
        ByPasskey = (await users.GetPasskeysAsync(me)).Count > 0;
        ByPassword = WithCode || !ByPasskey || !User.LacksSecondFactor();
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError("", why);
        return Page();
    }
}
