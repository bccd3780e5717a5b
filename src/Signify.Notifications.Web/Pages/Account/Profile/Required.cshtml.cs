using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account.Profile;

/// <summary>Where a user is led who lacks the second factor that the ruleset requires.</summary>
internal sealed class RequiredModel(OwnAccount account, UserManager<User> users, SignInManager<User> signIn) : PageModel
{
    /// <summary>They have a second factor or a passkey, and signed in without it.</summary>
    public bool HasFactor { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!User.LacksSecondFactor())
        {
            return LocalRedirect("/");
        }

        var me = await account.FindAsync(User);
        HasFactor = await signIn.IsTwoFactorEnabledAsync(me) || (await users.GetPasskeysAsync(me)).Count > 0;
        return Page();
    }
}
