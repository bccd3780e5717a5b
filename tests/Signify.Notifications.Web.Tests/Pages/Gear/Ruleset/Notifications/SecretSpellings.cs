using System.Net;
using System.Text;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>Every way in which a secret could stand in a page.</summary>
internal static class SecretSpellings
{
    public static void AssertNowhere(string secret, BrowserPage page) => AssertNowhere(secret, page.Html);

    public static void AssertNowhere(string secret, string text)
    {
        string[] spellings =
        [
            secret, WebUtility.HtmlEncode(secret), Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), Convert.ToBase64String(Encoding.Unicode.GetBytes(secret)).TrimEnd('='),
            Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        ];
        Assert.All(spellings, spelling => Assert.DoesNotContain(spelling, text, StringComparison.OrdinalIgnoreCase));
    }
}
