using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account.Profile;

internal sealed class IndexModel(OwnAccount account, UserManager<User> users, UserSessions sessions) : PageModel
{
    public User Me { get; private set; } = new();

    public int Passkeys { get; private set; }

    /// <summary>The second step is on, but the key ring that closed its key is lost: it is not asked for any more.</summary>
    public bool SecondStepLost { get; private set; }

    public int Sessions { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Me = await account.FindAsync(User);
        Passkeys = (await users.GetPasskeysAsync(Me)).Count;
        Sessions = (await sessions.ListAsync(Me.Id, ct)).Count;
        SecondStepLost = Me.TwoFactorEnabled && await users.GetAuthenticatorKeyAsync(Me) is null;
    }
}
