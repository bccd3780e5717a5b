using Microsoft.AspNetCore.WebUtilities;

namespace Signify.Notifications.Web.Access;

/// <summary>Addresses that say which ruleset they are about: <c>/overview?ruleset=…</c>. Two tabs with two rulesets stay apart by it, and so do bookmarks.</summary>
internal static class RulesetAddress
{
    public const string Parameter = "ruleset";

    private static readonly string[] Ways = ["/gear", "/overview", "/mailings", "/activity"];

    /// <summary>Whether what stands there belongs to a ruleset. Pages about the person's own account and static files do not.</summary>
    public static bool Concerns(string address) =>
        address is "/" or "" || address[0] is '?' || Ways.Any(way => new PathString(PathOf(address)).StartsWithSegments(way, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address with the ruleset in it; one that names a ruleset already stays as it is.</summary>
    public static string Of(string address, Guid ruleset) =>
        Names(address) ? address : QueryHelpers.AddQueryString(address, Parameter, ruleset.ToString());

    private static bool Names(string address) =>
        address.Contains($"?{Parameter}=", StringComparison.Ordinal) || address.Contains($"&{Parameter}=", StringComparison.Ordinal);

    private static string PathOf(string address) =>
        address[0] == '/' && !address.StartsWith("//", StringComparison.Ordinal) ? address[..(address.IndexOfAny(['?', '#']) is var end and >= 0 ? end : address.Length)] : "/";
}
