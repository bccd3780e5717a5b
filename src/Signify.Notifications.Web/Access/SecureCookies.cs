using System.Net;
using Signify.Notifications.Sandbox;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Which requests get cookies for https alone: all of them outside Development and Test, but those to this machine's own name. A proxy
/// that is missing from <c>Proxies:Known</c> makes each request look like http, and a cookie must not lose its protection by that.
/// </summary>
internal static class SecureCookies
{
    public static bool AppliesTo(HttpContext http) => http.Request.IsHttps || !(IsLoopback(http.Request.Host.Host) || IsLocal(http));

    /// <summary>For each cookie of the program, whoever writes it.</summary>
    public static void UseSecureCookies(this WebApplication app) => app.UseCookiePolicy(new CookiePolicyOptions
    {
        OnAppendCookie = cookie => cookie.CookieOptions.Secure |= AppliesTo(cookie.Context),
        OnDeleteCookie = cookie => cookie.CookieOptions.Secure |= AppliesTo(cookie.Context),
    });

    private static bool IsLocal(HttpContext http) =>
        SandboxProduction.Allows(http.RequestServices.GetRequiredService<IHostEnvironment>().EnvironmentName);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
