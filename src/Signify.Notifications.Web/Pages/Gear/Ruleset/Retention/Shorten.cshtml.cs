using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Retention;

/// <summary>The question before retention is shortened.</summary>
public sealed class ShortenModel(RetentionSetting retention, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public Confirmation Question { get; private set; } = null!;

    /// <param name="days">Null: back to the operator's default.</param>
    public async Task<IActionResult> OnGetAsync(int? days, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        var stored = await retention.ReadAsync(ruleset.Id, ct);
        var next = days ?? stored.Default;
        if (!ModelState.IsValid || next is < RetentionDays.Fewest or > RetentionDays.Most || next >= stored.InForce)
        {
            return Redirect(RulesetAddress.Of(IndexModel.Address, ruleset.Id));
        }

        var (mailings, notifications) = await retention.ForecastAsync(ruleset.Id, stored.InForce, next, ct);
        Question = new Confirmation($"Shorten retention from {Count.Of(stored.InForce, "day")} to {Count.Of(next, "day")}?",
            [
                notifications == 0
                    ? "No notification is old enough to be deleted by this now."
                    : $"{Count.Of(notifications, "notification")} in {Count.Of(mailings, "mailing")} will be deleted within the next hours, with addresses, attempts and attachments.",
                $"From then on, whatever is older than {Count.Of(next, "day")} is deleted. Deleted data cannot be restored.",
            ],
            "Shorten retention", IndexModel.Address)
        {
            Action = IndexModel.Address,
            Fields = new Dictionary<string, string>
            {
                [nameof(IndexModel.Days)] = days?.ToString(CultureInfo.InvariantCulture) ?? "",
                [nameof(IndexModel.Confirmed)] = next.ToString(CultureInfo.InvariantCulture),
            },
            Danger = true,
            No = "Keep the present retention",
        };
        return Page();
    }
}
