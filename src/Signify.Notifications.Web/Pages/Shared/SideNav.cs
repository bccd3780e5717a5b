namespace Signify.Notifications.Web.Pages;

/// <summary>The menu of the settings area. The folder of a page is its menu path and its URL.</summary>
public static class SideNav
{
    public sealed record Group(string Title, IReadOnlyList<Link> Links);

    public sealed record Link(string Text, string Path)
    {
        public bool Is(PathString current) => current.Equals(new PathString(Path), StringComparison.OrdinalIgnoreCase);
    }

    public static IReadOnlyList<Group> Groups(bool sandboxRuns, bool isAdministrator) =>
    [
        new("Ruleset",
        [
            new("Notifications", "/gear/ruleset/notifications"),
            new("Guide", "/gear/ruleset/notifications/guide"),
            new("Repair kit", "/gear/ruleset/notifications/repair"),
            new("History", "/gear/ruleset/notifications/history"),
            new("Alerts", "/gear/ruleset/alerts"),
            new("Retention", "/gear/ruleset/retention"),
            new("Name", "/gear/ruleset/name"),
        ]),
        new("Access",
        [
            new("Users", "/gear/access/users"),
            new("API keys", "/gear/access/apikeys"),
        ]),
        new("System",
        [
            new("Rulesets", "/gear/rulesets"),
            .. isAdministrator ? [new Link("Audit log", "/gear/system/auditlog")] : Array.Empty<Link>(),
            .. sandboxRuns ? [new Link("Sandbox", "/sandbox")] : Array.Empty<Link>(),
        ]),
    ];
}
