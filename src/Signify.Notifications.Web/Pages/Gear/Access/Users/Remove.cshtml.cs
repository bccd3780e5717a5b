using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Access.Users;

/// <summary>The question before a user is removed.</summary>
[Authorize(AccessPolicies.Administrator)]
internal sealed class RemoveModel(Members members, CurrentRuleset ruleset) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await members.FindAsync(ruleset.Id, id, ct) is not { } member)
        {
            return NotFound();
        }

        var seen = member.LastSignInAt is { } at ? $" Last sign-in: {Moment.Of(at)}." : "";
        var (whose, account) = id == User.UserId()
            ? ("You lose", "your account")
            : ($"{member.Email} loses", "the account");
        Question = new Confirmation($"Remove {member.Email}?",
            [
                $"{whose} access to {User.RulesetName()} as {member.Role.ToString().ToLowerInvariant()} immediately.{seen}",
                $"A new invitation is needed to come back. If {account} has no other ruleset, it is deleted. The audit log stays.",
            ],
            "Remove the user", $"/gear/access/users/edit/{id}")
        {
            Action = $"/gear/access/users/edit/{id}?handler=Remove",
            Danger = true,
            No = "Keep the user",
        };
        return Page();
    }
}
