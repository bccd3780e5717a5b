using System.Globalization;

namespace Signify.Notifications.Web.Pages;

/// <summary>A number with its noun: "1 recipient", "1,204 recipients".</summary>
public static class Count
{
    public static string Of(long number, string noun, string? plural = null) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {(number == 1 ? noun : plural ?? noun + "s")}";
}
