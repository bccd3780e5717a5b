using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.RepairKit;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>How to set Microsoft 365 up, in six steps that tick themselves off. docs/setup-microsoft-365.md says the same for reading elsewhere.</summary>
public sealed class GuideModel(GuideReader guide, RepairReader repair, Clouds clouds) : PageModel
{
    public GuideProgress Progress { get; private set; } = null!;

    public RepairFacts Facts { get; private set; } = null!;

    public NetworkNote Network { get; private set; } = null!;

    /// <summary>Microsoft's own and those of the configuration.</summary>
    public IReadOnlyCollection<Cloud> AllClouds => clouds.All;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Progress = await guide.ReadAsync(ct);
        var kit = await repair.ReadAsync(ct);
        (Facts, Network) = (kit.Facts, kit.Network);
    }

    public Uri PortalPage(string page) => Portal.AppPage(Facts.Cloud, page, Facts.ClientId);
}
