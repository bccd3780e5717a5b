using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Pages.Account.Profile;

/// <summary>Sets the authenticator app up and takes it away. Its key shows only until it is in use, recovery codes only once.</summary>
[EnableRateLimiting(RateLimits.Door)]
[RequireRecentSignIn]
internal sealed class SecondStepModel(OwnAccount account, UserManager<User> users) : PageModel
{
    private const string Issuer = "Signify Notifications";

    public bool On { get; private set; }

    /// <summary>The key to enter into the app, in groups of four; null when none is being set up.</summary>
    public string? NewKey { get; private set; }

    public HtmlString? QrCodeOfKey { get; private set; }

    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public int CodesLeft { get; private set; }

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostStartAsync(CancellationToken ct)
    {
        if (!(await account.FindAsync(User)).TwoFactorEnabled || await IsLostAsync())
        {
            await account.StartAuthenticatorAsync(User, ct);
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEnableAsync(string? code, CancellationToken ct)
    {
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal).Trim();
        RecoveryCodes = await account.EnableAuthenticatorAsync(User, typed, ct);
        if (RecoveryCodes is null)
        {
            ModelState.AddModelError("code", TwoFactorModel.WrongCode);
        }

        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync(CancellationToken ct)
    {
        RecoveryCodes = await account.NewRecoveryCodesAsync(User, ct);
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostDisableAsync(CancellationToken ct)
    {
        await account.DisableAuthenticatorAsync(User, ct);
        TempData["Notice"] = "The second step is off.";
        return RedirectToPage("Index");
    }

    private async Task<bool> IsLostAsync() => await users.GetAuthenticatorKeyAsync(await account.FindAsync(User)) is null;

    private async Task ShowAsync()
    {
        var me = await account.FindAsync(User);
        var key = await users.GetAuthenticatorKeyAsync(me);
        On = me.TwoFactorEnabled && key is not null;
        CodesLeft = await users.CountRecoveryCodesAsync(me);
        if (!On && key is not null)
        {
            NewKey = string.Join(' ', key.Chunk(4).Select(group => new string(group))).ToLowerInvariant();
            QrCodeOfKey = QrCode.Svg(Uri(me, key), "QR code of the key below");
        }
    }

    private static string Uri(User me, string key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(Issuer)}:{System.Uri.EscapeDataString(me.Email!)}?secret={key}&issuer={System.Uri.EscapeDataString(Issuer)}&digits=6";
}
