using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Every revision of the settings, and the way back to one.</summary>
public sealed class HistoryModel(
    HistoryReader reader, SettingsStore store, CheckRunner runner, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    private const int Shown = 25;
    private const int MostShown = 1000;

    public IReadOnlyList<HistoryRow> Rows { get; private set; } = [];

    /// <summary>How many the link to older revisions shows; null when these are all.</summary>
    public int? Next { get; private set; }

    public bool MayEdit { get; private set; }

    public async Task OnGetAsync(int? most, CancellationToken ct)
    {
        MayEdit = await editRight.HasAsync(User);
        var count = Math.Clamp(most ?? Shown, 1, MostShown);
        (Rows, var more) = await reader.ReadAsync(count, ct);
        Next = more && count < MostShown ? Math.Min(count * 4, MostShown) : null;
    }

    /// <summary>Makes a new revision of an old one's values and checks it; it takes over only when it passes.</summary>
    public async Task<IActionResult> OnPostAsync(int number, CancellationToken ct)
    {
        var by = User.By();
        if (await store.RollBackAsync(ruleset.Id, number, by, ct) is not SaveResult.Saved saved)
        {
            return NotFound();
        }

        runner.Start(saved.Revision, by);
        return RedirectToPage("Index", null, null, "first-failed");
    }
}
