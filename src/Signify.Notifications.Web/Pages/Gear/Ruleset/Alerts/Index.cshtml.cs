using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Health.Alerting;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Alerts;

/// <summary>Gear → Ruleset → Alerts: who is told when something needs an administrator, and what was told of late.</summary>
public sealed class IndexModel(
    AlertSettings settings, AlertLog alerts, AlertTest test, IOptions<AlertOptions> options, IOptions<DispatchOptions> dispatch,
    CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    private const int Listed = 30;

    [BindProperty]
    public AlertForm Form { get; set; } = new();

    public AlertSetting Stored { get; private set; } = null!;

    public IReadOnlyList<AlertView> Alerts { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public bool MayEdit { get; private set; }

    public bool PrivateAllowed => options.Value.AllowPrivateNetworks;

    /// <summary>False: another instance tells, and this page only shows what it did.</summary>
    public bool TellsHere => dispatch.Value.Enabled;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        Form = AlertForm.From(Stored, MayEdit);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var input = Form.ToInput(out var fault);
        var errors = new Dictionary<string, string>(settings.Judge(input));
        if (fault is not null)
        {
            errors[nameof(input.ExtraAddresses)] = fault;
        }

        if (errors.Count == 0)
        {
            await settings.SaveAsync(ruleset.Id, input, User.By(), ct);
            TempData["Notice"] = "Saved. Send a test alert to see that it arrives.";
            return RedirectToPage();
        }

        await ReadAsync(ct);
        Errors = errors;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct)
    {
        await test.RaiseAsync(ruleset.Id, ruleset.Name, User.By(), ct);
        TempData["Notice"] = "A test alert is on its way. What became of it stands below; look again in a moment.";
        return RedirectToPage(null, null, null, "alerts");
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        (Stored, MayEdit) = (await settings.ReadAsync(ruleset.Id, ct), await editRight.HasAsync(User));
        Alerts = [.. (await alerts.RecentAsync(ruleset.Id, Listed, ct)).Select(a => new AlertView(a))];
    }
}
