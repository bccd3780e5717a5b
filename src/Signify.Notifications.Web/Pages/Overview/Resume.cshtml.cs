using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Overview;

/// <summary>The question before sending goes on with a database that was restored from a backup.</summary>
public sealed class ResumeModel(OverviewReader overview, SendingHold hold, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        var now = await overview.ReadAsync(ruleset.Id, ct);
        Question = new Confirmation("Resume sending?", [.. Sentences(now)], "Resume sending", "/overview") { Danger = true, No = "Not yet" };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        this.Told(await hold.ResumeAsync(ruleset.Id, User.By(), ct), "Sending goes on.", back: null, "/overview");

    private static IEnumerable<string> Sentences(Notifications.Delivery.Reading.Overview now)
    {
        var going = now.Waiting.Value - now.WaitingPaused.Value;
        yield return $"{Number(going)}{(now.Waiting.OrMore ? " or more" : "")} {(going == 1 ? "notification goes" : "notifications go")} out, each when its time has come."
            + (now.WaitingPaused.Value > 0 ? $" {Number(now.WaitingPaused.Value)} stay paused." : "");
        if (now.Hold.Hold == Notifications.Delivery.Hold.Restored)
        {
            yield return $"{now.Hold.HoldWords} Whoever got one of them already gets it a second time.";
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
