using System.Globalization;

namespace Signify.Notifications.Web.Pages;

/// <summary>A time within a sentence: "2026-12-01 09:30 UTC".</summary>
public static class Moment
{
    public static string Of(DateTimeOffset at) => $"{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
}
