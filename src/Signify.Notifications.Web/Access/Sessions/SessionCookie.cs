using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Signify.Notifications.Access.Sessions;

namespace Signify.Notifications.Web.Access.Sessions;

/// <summary>Ties the cookie of a signed-in user to a row: signing in starts one, signing out ends it, each request queries it.</summary>
internal static class SessionCookie
{
    // In the properties, which Identity carries over whenever it issues the cookie again. They are encrypted with the cookie.
    private const string Token = "signify.session";

    private static readonly string[] Claims = [AccessClaims.Session, AccessClaims.AuthenticatedAt, AccessClaims.MultiFactor];

    /// <summary>A new session for a sign-in; for a cookie that is issued again the same session under a new token.</summary>
    public static async Task SigningInAsync(CookieSigningInContext context)
    {
        var (http, sessions) = (context.HttpContext, Sessions(context.HttpContext));
        if (context.Properties.Items.TryGetValue(Token, out var present) && present is not null)
        {
            // Null where it was ended meanwhile: the cookie then opens nothing.
            context.Properties.Items[Token] = await sessions.RenewAsync(present, http.RequestAborted) ?? present;
            return;
        }

        if (http.User.SessionId() is { } former)
        {
            await sessions.EndAsync(http.User.UserId(), former, http.RequestAborted);
        }

        var user = context.Principal ?? throw new InvalidOperationException("A sign-in has a user.");
        context.Properties.Items[Token] = await sessions.StartAsync(user.UserId(), IsMultiFactor(user), Origin(http), http.RequestAborted);
    }

    public static async Task SigningOutAsync(CookieSigningOutContext context)
    {
        if (context.HttpContext.User.SessionId() is { } session)
        {
            await Sessions(context.HttpContext).EndAsync(context.HttpContext.User.UserId(), session, context.HttpContext.RequestAborted);
        }
    }

    /// <summary>Refuses the cookie of a session that has ended.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } user && !await EnterAsync(context.HttpContext, user, context.Properties))
        {
            // The cookie stays: to delete it here could delete that of a newer sign-in, when an older tab asks late.
            context.RejectPrincipal();
        }
    }

    /// <summary>Puts the session into the user's claims.</summary>
    /// <returns>False when it has ended.</returns>
    public static async Task<bool> EnterAsync(HttpContext http, ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var identity = (ClaimsIdentity)user.Identity!;
        identity.FindAll(c => Claims.Contains(c.Type)).ToList().ForEach(identity.RemoveClaim);
        if (properties is null || !properties.Items.TryGetValue(Token, out var token) || token is null
            || await Sessions(http).FindAsync(token, Origin(http), http.RequestAborted) is not { } session
            || session.UserId != user.UserId())
        {
            return false;
        }

        identity.AddClaim(new Claim(AccessClaims.Session, session.Id.ToString()));
        identity.AddClaim(new Claim(AccessClaims.AuthenticatedAt, session.AuthenticatedAt.ToString("O", CultureInfo.InvariantCulture)));
        if (session.MultiFactor)
        {
            identity.AddClaim(new Claim(AccessClaims.MultiFactor, "true"));
        }

        return true;
    }

    /// <summary>"mfa" after a code; "hwk" after a passkey, which is a possession and a PIN or a biometric (RFC 8176).</summary>
    private static bool IsMultiFactor(ClaimsPrincipal user) =>
        user.HasClaim("amr", "mfa") || user.HasClaim(ClaimTypes.AuthenticationMethod, SignInMethods.Passkey);

    private static SessionOrigin Origin(HttpContext http) => SessionOrigin.From(
        http.Request.Headers.UserAgent, http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4().ToString()
            : http.Connection.RemoteIpAddress?.ToString());

    private static UserSessions Sessions(HttpContext http) => http.RequestServices.GetRequiredService<UserSessions>();
}
