using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Hosting;
using Signify.Notifications.Web.Pages.Account;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Access.Users;

internal sealed class IndexModel(
    Members members, InvitedUsers invited, CurrentRuleset ruleset, SiteAddress site, TimeProvider time) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter the user's e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    [StringLength(320, ErrorMessage = "This is longer than an e-mail address may be.")]
    public string? Email { get; set; }

    [BindProperty]
    public MemberRole Role { get; set; }

    public IReadOnlyList<Member> Users { get; private set; } = [];

    /// <summary>Whether members need two-factor authentication.</summary>
    public bool TwoFactorRequired { get; private set; }

    /// <summary>Shown on the answer to the POST and never again.</summary>
    public InvitationLink? Link { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (site.BaseFor(Request) is not { } address)
        {
            ModelState.AddModelError("", InvitationLink.NeedsSiteAddress);
        }
        else if (ModelState.IsValid)
        {
            var email = Email!.Trim();
            var (added, token) = await invited.AddAsync(ruleset.Id, email, Role, User.By(), ct);
            if (token is not null)
            {
                Link = InvitationLink.To(address, email, token);
                ModelState.Clear();
                Email = null;
            }
            else
            {
                ModelState.AddErrors(added, "");
            }
        }

        await ShowAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostTwoFactorAsync(bool required, CancellationToken ct)
    {
        await members.RequireTwoFactorAsync(ruleset.Id, required, User.By(), ct);
        TempData["Notice"] = required ? "Two-factor authentication is required now." : "Two-factor authentication is not required any more.";
        return RedirectToPage();
    }

    public bool IsLocked(Member member) => member.LockedUntil > time.GetUtcNow();

    private async Task ShowAsync(CancellationToken ct)
    {
        Users = await members.ListAsync(ruleset.Id, ct);
        TwoFactorRequired = await members.RequiresTwoFactorAsync(ruleset.Id, ct);
    }

    public static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
