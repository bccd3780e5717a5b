using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Gear → Ruleset → Notifications → Repair kit: every script, filled in, and the note for the network team.</summary>
public sealed class RepairModel(RepairReader reader) : PageModel
{
    public RepairPage Shown { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => Shown = await reader.ReadAsync(ct);
}
