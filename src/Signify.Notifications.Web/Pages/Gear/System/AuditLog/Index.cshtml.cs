using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Audit;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.System.AuditLog;

internal sealed partial class IndexModel(Notifications.Audit.AuditLog audit, CurrentRuleset ruleset) : PageModel
{
    public const int PageSize = 50;

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    /// <summary>The last entry of this page when there are older ones.</summary>
    public Guid? Older { get; private set; }

    public bool Newest { get; private set; }

    public async Task OnGetAsync(Guid? olderThan, CancellationToken ct)
    {
        Newest = olderThan is null;
        // One more than is shown tells whether there are older ones.
        var entries = await audit.ReadAsync(ruleset.Id, olderThan, PageSize + 1, ct);
        Entries = [.. entries.Take(PageSize)];
        Older = entries.Count > PageSize ? Entries[^1].Id : null;
    }

    /// <summary>"ApiKeyMade" reads "API key made".</summary>
    public static string InWords(AuditAction action)
    {
        var name = action.ToString();
        return (name[..1] + Capital().Replace(name[1..], match => " " + match.Value.ToLowerInvariant())).Replace("Api ", "API ", StringComparison.Ordinal);
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
