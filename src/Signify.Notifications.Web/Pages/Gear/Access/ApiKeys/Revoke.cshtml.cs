using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;
using Keys = Signify.Notifications.Access.ApiKeys;

namespace Signify.Notifications.Web.Pages.Gear.Access.ApiKeys;

/// <summary>The question before an API key is revoked.</summary>
[Authorize(AccessPolicies.Administrator)]
internal sealed class RevokeModel(Keys keys, CurrentRuleset ruleset) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if ((await keys.ListAsync(ruleset.Id, ct)).SingleOrDefault(k => k.Id == id && k.RevokedAt is null) is not { } key)
        {
            return NotFound();
        }

        var used = key.LastUsedAt is { } at ? $"It was last used on {Moment.Of(at)}." : "It has never been used.";
        Question = new Confirmation($"Revoke the API key “{key.Name}”?",
            [
                $"The key begins with {key.Prefix}. {used}",
                "Every request with this key is refused immediately. This cannot be undone: a program that still uses it needs a new key.",
            ],
            "Revoke the key", "/gear/access/apikeys")
        {
            Action = "/gear/access/apikeys?handler=Revoke",
            Fields = new Dictionary<string, string> { ["id"] = $"{id}" },
            Danger = true,
            No = "Keep it",
        };
        return Page();
    }
}
