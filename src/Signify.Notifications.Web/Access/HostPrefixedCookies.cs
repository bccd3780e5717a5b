using Microsoft.AspNetCore.Authentication.Cookies;

namespace Signify.Notifications.Web.Access;

/// <summary>Over https a cookie carries the <c>__Host-</c> prefix, which browsers tie to this very host. Over http, as on localhost, they would refuse it.</summary>
internal sealed class HostPrefixedCookies : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, Name(context, key), options);

    private static string Name(HttpContext context, string key) => SecureCookies.AppliesTo(context) ? "__Host-" + key : key;
}
