using System.Globalization;

namespace Signify.Notifications.Web.Pages;

/// <summary>The size of a file: "3 bytes", "12 KB", "1.4 MB".</summary>
public static class Size
{
    public static string Of(long bytes) => bytes switch
    {
        < 1024 => Count.Of(bytes, "byte"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB"),
    };
}
