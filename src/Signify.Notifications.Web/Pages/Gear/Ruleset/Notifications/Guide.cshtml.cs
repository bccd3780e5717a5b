using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>How to set Microsoft 365 up, in six steps. docs/setup-microsoft-365.md says the same for reading elsewhere.</summary>
public sealed class GuideModel(SettingsStore store, CurrentRuleset ruleset) : PageModel
{
    /// <summary>The commands with the values of the saved settings, as far as there are any.</summary>
    public GuideCommands Commands { get; private set; } = GuideCommands.For(null);

    public async Task OnGetAsync(CancellationToken ct) =>
        Commands = GuideCommands.For((await store.ReadAsync(ruleset.Id, ct)).Newest);
}
