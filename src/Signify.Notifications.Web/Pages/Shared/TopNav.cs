namespace Signify.Notifications.Web.Pages;

/// <summary>The ways in the top bar: what goes on. How it is set up lies behind the gear.</summary>
public static class TopNav
{
    public sealed record Link(string Text, string Path)
    {
        /// <summary>page on the page itself, true on a page below it, null elsewhere: as aria-current wants it.</summary>
        public string? Current(PathString at) =>
            !at.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var below) ? null : below.HasValue && below != "/" ? "true" : "page";
    }

    public static IReadOnlyList<Link> Links { get; } = [new("Overview", "/overview"), new("Mailings", "/mailings"), new("Activity", "/activity")];

    /// <summary>Whether a page belongs to one of the ways: it then has the whole width and no menu of settings.</summary>
    public static bool Leads(PathString at) => Links.Any(link => link.Current(at) is not null);
}
