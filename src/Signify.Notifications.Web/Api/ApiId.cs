using System.Globalization;

namespace Signify.Notifications.Web.Api;

/// <summary>Numbers of mailings and notifications travel as decimal strings: JavaScript's numbers end before ours.</summary>
internal static class ApiId
{
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <returns>Null for what is no number: there is nothing of that name.</returns>
    public static long? Parse(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
