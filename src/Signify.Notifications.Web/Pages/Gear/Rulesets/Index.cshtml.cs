using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;
using DefaultRuleset = Signify.Notifications.Rulesets.Ruleset;

namespace Signify.Notifications.Web.Pages.Gear.Rulesets;

/// <summary>Gear → Rulesets: those that this person may open, how each is, and the way into it.</summary>
public sealed class IndexModel(RulesetAccess access, RulesetGlances glances, CurrentRuleset ruleset) : PageModel
{
    private const int PageSize = 20;

    /// <summary>Part of the name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    /// <summary>The name that the page before ended with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<(RulesetEntry Entry, RulesetGlance Glance)> Rows { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>Where a new one is made; null for those who may not. See docs/decisions/0020.</summary>
    public string? New { get; private set; }

    public Guid Current => ruleset.Id;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = await access.ListAsync(User.UserId(), Search, After, PageSize, ct);
        var shown = found.Take(PageSize).ToList();
        var seen = await glances.ReadAsync([.. shown.Select(r => r.Id)], ct);
        Rows = [.. shown.Select(r => (r, seen[r.Id]))];
        Next = found.Count > PageSize ? shown[^1].Name : null;
        New = await access.FindAsync(User.UserId(), DefaultRuleset.DefaultId, ct) is { Role: MemberRole.Administrator }
            ? RulesetAddress.Of("/gear/rulesets/new", DefaultRuleset.DefaultId)
            : null;
    }
}
