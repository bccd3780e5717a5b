using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The question before an old revision's values are brought back.</summary>
public sealed class RollBackModel(SettingsStore store, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if (await store.FindAsync(ruleset.Id, number, ct) is not { } revision)
        {
            return NotFound();
        }

        var (active, _, newest) = await store.ReadAsync(ruleset.Id, ct);
        Question = new Confirmation($"Roll back to revision {number}?",
            [
                $"Revision {newest + 1} is created with the values and secrets of revision {number}, saved on {Moment.Of(revision.CreatedAt)} "
                    + $"by {revision.CreatedBy}, and checked.",
                active is null
                    ? "It is used only if its check passes."
                    : $"It replaces revision {active.Number}, which is in use, only if its check passes.",
            ],
            $"Roll back to revision {number}", "/gear/ruleset/notifications/history")
        {
            Action = "/gear/ruleset/notifications/history",
            Fields = new Dictionary<string, string> { ["number"] = $"{number}" },
            No = "Keep the present settings",
        };
        return Page();
    }
}
