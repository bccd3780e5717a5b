using System.Security.Claims;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages;

/// <summary>The rulesets in the top bar: those that a person may open, as links to the page they are on.</summary>
/// <param name="Shown">The first of them by name, the one that is open among them.</param>
public sealed record RulesetSwitch(RulesetEntry Current, IReadOnlyList<RulesetEntry> Shown, bool More)
{
    private const int Most = 8;

    /// <returns>Null when there is nothing to choose from.</returns>
    public static async Task<RulesetSwitch?> ReadAsync(RulesetAccess access, ClaimsPrincipal person, CancellationToken ct)
    {
        if (!person.HasSeveralRulesets() || person.RulesetId() is not { } id)
        {
            return null;
        }

        var found = await access.ListAsync(person.UserId(), search: null, after: null, Most, ct);
        var current = new RulesetEntry(id, person.RulesetName()!, person.IsAdministrator() ? MemberRole.Administrator : MemberRole.Viewer);
        var shown = found.Take(Most).ToList();
        return new RulesetSwitch(current, shown.Any(r => r.Id == id) ? shown : [current, .. shown.Take(Most - 1)], found.Count > Most);
    }

    /// <summary>Where another ruleset opens: the same page where each has one, else the list that the page belongs to.</summary>
    public static string Target(PathString at) =>
        SideNav.Groups(sandboxRuns: false, isAdministrator: true).SelectMany(g => g.Links).Select(l => l.Path).Concat(TopNav.Links.Select(l => l.Path))
            .Where(path => at.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)).MaxBy(path => path.Length) ?? "/overview";
}
