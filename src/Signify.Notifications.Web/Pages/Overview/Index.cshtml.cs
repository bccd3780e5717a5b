using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Health;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Overview;

/// <summary>What goes on: what waits, what went, at which pace, and whether anything stops it.</summary>
public sealed class IndexModel(
    OverviewReader overview, MailingReader mailings, SettingsStore settings, HealthReader health, SendingHold hold,
    CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    private const int MailingsShown = 6;

    public Notifications.Delivery.Reading.Overview Now { get; private set; } = null!;

    public StatusLine Status { get; private set; } = null!;

    public HealthCard Health { get; private set; } = null!;

    public DayChart Chart { get; private set; } = null!;

    public IReadOnlyList<MailingRow> Mailings { get; private set; } = [];

    public bool More { get; private set; }

    public bool MayEdit { get; private set; }

    /// <summary>Midnight UTC, where "today" begins.</summary>
    public DateTimeOffset Today => new(Now.At.UtcDateTime.Date, TimeSpan.Zero);

    public async Task OnGetAsync(CancellationToken ct)
    {
        MayEdit = await editRight.HasAsync(User);
        Now = await overview.ReadAsync(ruleset.Id, ct);
        var active = (await settings.ReadAsync(ruleset.Id, ct)).Active;
        var healthNow = await health.ReadAsync(ruleset.Id, ct);
        Status = SendingLine.Of(new SendingFacts(Now, active, healthNow));
        Health = new HealthCard(healthNow, Now.Hold);
        Chart = DayChart.Of(await overview.ChartAsync(ruleset.Id, ct));
        var listed = await mailings.ListAsync(ruleset.Id, new PageOf(Most: MailingsShown), ct);
        (Mailings, More) = (listed.Items, listed.Next is not null);
    }

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken ct) =>
        this.Told(await hold.ResumeAsync(ruleset.Id, User.By(), ct), "Sending goes on.", back: null, "/overview");
}
