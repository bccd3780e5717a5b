using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Hosting;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Access.Users;

/// <summary>What an administrator does about one user.</summary>
[Authorize(AccessPolicies.Administrator)]
internal sealed class EditModel(
    Members members, InvitedUsers invited, UserRescue rescue, CurrentRuleset ruleset, SiteAddress site, TimeProvider time) : PageModel
{
    public const string OfOthersToo = "This account opens rulesets that you do not administer: its password and second step are not yours to change. Remove the user here, have another administrator help them, and add them again.";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Member? Member { get; private set; }

    public InvitationLink? Link { get; private set; }

    /// <summary>False: their account opens rulesets that the one who looks does not administer. Its password and second step are not theirs to change.</summary>
    public bool AnswersFor { get; private set; }

    public bool Locked => Member!.LockedUntil > time.GetUtcNow();

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostRoleAsync(MemberRole role, CancellationToken ct) =>
        await AnswerAsync(await members.ChangeRoleAsync(ruleset.Id, Id, role, User.By(), ct), "The role is changed. It holds at once.", ct);

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) =>
        await AnswerAsync(await members.RemoveAsync(ruleset.Id, Id, User.By(), ct), "The user is removed.", ct);

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken ct)
    {
        if (await members.FindAsync(ruleset.Id, Id, ct) is not { } member)
        {
            return NotFound();
        }

        if (site.BaseFor(Request) is not { } address)
        {
            ModelState.AddModelError("", InvitationLink.NeedsSiteAddress);
            return await ShowAsync(ct);
        }

        if (await invited.MakeLinkAsync(ruleset.Id, member, User.UserId(), User.By(), ct) is not { } token)
        {
            return await RefuseAsync(ct);
        }

        Link = InvitationLink.To(address, member.Email, token);
        return await ShowAsync(ct);
    }

    public Task<IActionResult> OnPostResetAsync(CancellationToken ct) =>
        HelpAsync(member => rescue.ResetAsync(ruleset.Id, member, User.By(), ct), "The second step is reset.", ct);

    public Task<IActionResult> OnPostUnlockAsync(CancellationToken ct) =>
        HelpAsync(member => rescue.UnlockAsync(ruleset.Id, member, User.By(), ct), "The account is unlocked.", ct);

    public Task<IActionResult> OnPostSignOutAsync(CancellationToken ct) =>
        HelpAsync(member => rescue.SignOutAsync(ruleset.Id, member, User.By(), ct), "The user is signed out everywhere.", ct);

    private async Task<IActionResult> HelpAsync(Func<Member, Task> help, string done, CancellationToken ct)
    {
        if (await members.FindAsync(ruleset.Id, Id, ct) is not { } member)
        {
            return NotFound();
        }

        if (!await members.AnswersForAsync(User.UserId(), Id, ct))
        {
            return await RefuseAsync(ct);
        }

        await help(member);
        TempData["Notice"] = done;
        return RedirectToPage("Index");
    }

    private async Task<IActionResult> AnswerAsync(MemberChange change, string done, CancellationToken ct)
    {
        if (change == MemberChange.LastAdministrator)
        {
            ModelState.AddModelError("", "This is the last administrator. Make someone else an administrator first.");
            return await ShowAsync(ct);
        }

        TempData["Notice"] = done;
        return change == MemberChange.NotFound ? NotFound() : RedirectToPage("Index");
    }

    private Task<IActionResult> RefuseAsync(CancellationToken ct)
    {
        ModelState.AddModelError("", OfOthersToo);
        return ShowAsync(ct);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Member = await members.FindAsync(ruleset.Id, Id, ct);
        AnswersFor = Member is { Offered: true } || await members.AnswersForAsync(User.UserId(), Id, ct);
        return Member is null ? NotFound() : Page();
    }
}
