using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>Waits for a page's address. The driver asks until it is so: <c>WaitForURLAsync</c> looks first and listens then, and misses what happens in between.</summary>
internal static class Addresses
{
    public static Task ArrivesAtAsync(this IPage page, string part) => Assertions.Expect(page).ToHaveURLAsync(Anywhere(part));

    public static Task LeavesAsync(this IPage page, string part) => Assertions.Expect(page).Not.ToHaveURLAsync(Anywhere(part));

    private static Regex Anywhere(string part) => new(Regex.Escape(part), RegexOptions.IgnoreCase);
}
