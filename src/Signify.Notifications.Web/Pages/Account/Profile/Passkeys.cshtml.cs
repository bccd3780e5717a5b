using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Pages.Account.Profile;

[RequireRecentSignIn]
internal sealed class PasskeysModel(OwnAccount account, UserManager<User> users, SignInManager<User> signIn, PasskeyAnswers answers)
    : PageModel
{
    public const int Most = 20;
    public const int NameLimit = 60;

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public Task OnGetAsync() => ShowAsync();

    /// <summary>The challenge for the browser's dialog; for scripts.</summary>
    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var me = await account.FindAsync(User);
        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = me.Id.ToString(),
            Name = me.Email!,
            DisplayName = me.Email!,
        });
        return Content(options, "application/json");
    }

    public async Task<IActionResult> OnPostAddAsync(string? name, string? credential, CancellationToken ct)
    {
        var attestation = await answers.AttestAsync(credential);
        if (attestation?.Passkey is not { } passkey || attestation.UserEntity?.Id != User.UserId().ToString())
        {
            return await RefuseAsync("The browser's answer was not accepted. Try again.");
        }

        if ((await users.GetPasskeysAsync(await account.FindAsync(User))).Count >= Most)
        {
            return await RefuseAsync($"There are {Most} passkeys already. Remove one first.");
        }

        passkey.Name = Named(name);
        await account.AddPasskeyAsync(User, passkey, ct);
        TempData["Notice"] = "The passkey is added.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRenameAsync(string id, string? name)
    {
        if (await FindAsync(id) is { } passkey)
        {
            passkey.Name = Named(name);
            await users.AddOrUpdatePasskeyAsync(await account.FindAsync(User), passkey);
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id, CancellationToken ct)
    {
        if (await FindAsync(id) is { } passkey)
        {
            await account.RemovePasskeyAsync(User, passkey, ct);
            TempData["Notice"] = "The passkey is removed. Delete it on your device too.";
        }

        return RedirectToPage();
    }

    public static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    private async Task<UserPasskeyInfo?> FindAsync(string id) =>
        Base64Url.IsValid(id) ? await users.GetPasskeyAsync(await account.FindAsync(User), Base64Url.DecodeFromChars(id)) : null;

    private static string Named(string? name) =>
        string.IsNullOrWhiteSpace(name) ? "Passkey" : name.Trim() is { Length: > NameLimit } lengthy ? lengthy[..NameLimit] : name.Trim();

    private async Task<IActionResult> RefuseAsync(string why)
    {
        ModelState.AddModelError("", why);
        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync() =>
        Passkeys = [.. (await users.GetPasskeysAsync(await account.FindAsync(User))).OrderBy(p => p.CreatedAt)];
}
