using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Signify.Notifications.Delivery.Reading;

namespace Signify.Notifications.Web.Api;

/// <summary><c>after</c> and <c>limit</c> of a list.</summary>
internal static class PageQuery
{
    /// <summary>A place of a list by address has at most an address in it.</summary>
    private const int LongestPlace = 2000;

    public static bool TryRead(string? after, string? limit, [NotNullWhen(true)] out PageOf? page, [NotNullWhen(false)] out IResult? problem)
    {
        (page, problem) = (null, null);
        var most = 50;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > 200))
        {
            problem = ApiProblem.BadQuery("limit", "This is a whole number from 1 to 200.");
        }
        else if (after is { Length: 0 or > LongestPlace } || (after is not null && !PageOf.IsPlace(after)))
        {
            problem = BadPlace();
        }

        page = problem is null ? new PageOf(after, Most: most) : null;
        return page is not null;
    }

    public static IResult BadPlace() => ApiProblem.BadQuery("after", "This is the \"next\" of an earlier answer to the same search, or left out.");
}
