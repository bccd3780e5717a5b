using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Pages.Account.Profile;

/// <summary>The question before a passkey of one's own is removed.</summary>
[RequireRecentSignIn]
internal sealed class RemovePasskeyModel(OwnAccount account, UserManager<User> users) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id)
    {
        var passkeys = await users.GetPasskeysAsync(await account.FindAsync(User));
        if (passkeys.SingleOrDefault(p => PasskeysModel.IdOf(p) == id) is not { } passkey)
        {
            return NotFound();
        }

        var others = passkeys.Count - 1;
        Question = new Confirmation($"Remove the passkey “{passkey.Name}”?",
            [
                $"It was added on {Moment.Of(passkey.CreatedAt)}. You cannot sign in with it any more.",
                others == 0 ? "It is your only passkey." : $"You keep {Count.Of(others, "other passkey")}.",
            ],
            "Remove the passkey", "/account/profile/passkeys")
        {
            Action = "/account/profile/passkeys?handler=Remove",
            Fields = new Dictionary<string, string> { ["id"] = id },
            Danger = true,
            No = "Keep it",
        };
        return Page();
    }
}
