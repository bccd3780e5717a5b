using System.Text.RegularExpressions;

namespace Signify.Notifications.Access.Sessions;

/// <summary>Where a request of a session comes from, as the user is shown it.</summary>
public sealed partial record SessionOrigin(string Device, string Address)
{
    public const int DeviceLimit = 60;

    /// <summary>The longest text of an IPv6 address, with a zone.</summary>
    public const int AddressLimit = 64;

    private const string Unknown = "Unknown browser";

    // In this order: Edge and Opera name Chrome as well, Chrome names Safari.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    // Android names Linux, iOS names Mac OS X.
    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <param name="userAgent">The header, which the caller chose: only known names and a plain first product are taken from it.</param>
    public static SessionOrigin From(string? userAgent, string? address) =>
        new(Shorten(userAgent ?? ""), address is null ? "unknown" : address[..Math.Min(address.Length, AddressLimit)]);

    private static string Shorten(string userAgent)
    {
        var browser = Find(Browsers, userAgent) ?? (Product().Match(userAgent) is { Success: true } first ? first.Value : Unknown);
        return Find(Systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Mark, string Name)[] names, string userAgent) =>
        names.FirstOrDefault(n => userAgent.Contains(n.Mark, StringComparison.Ordinal)).Name;

    [GeneratedRegex("^[A-Za-z0-9._-]{1,40}", RegexOptions.CultureInvariant)]
    private static partial Regex Product();
}
