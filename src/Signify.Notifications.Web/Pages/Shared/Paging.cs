using Microsoft.AspNetCore.WebUtilities;

namespace Signify.Notifications.Web.Pages;

/// <summary>Newer and Older under a list, by keys: the hundredth page costs what the first does.</summary>
/// <param name="Path">The list with what it is searched for.</param>
public sealed record Paging(string Path, string? Previous, string? Next)
{
    public string? Newer => Previous is null ? null : QueryHelpers.AddQueryString(Path, "before", Previous);

    public string? Older => Next is null ? null : QueryHelpers.AddQueryString(Path, "after", Next);
}
