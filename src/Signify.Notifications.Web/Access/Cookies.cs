using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Signify.Notifications.Web.Access;

/// <summary>The cookies of the program: out of reach of scripts, not sent along by other sites' forms, encrypted on https only.</summary>
internal static class Cookies
{
    private static readonly TimeSpan Session = TimeSpan.FromHours(8);
    private static readonly TimeSpan SecondStep = TimeSpan.FromMinutes(10);

    public static void AddCookies(this IServiceCollection services)
    {
        services.AddCookie(IdentityConstants.ApplicationScheme, "signify.session", Session);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            var valid = options.Events.OnValidatePrincipal;
            options.Events.OnValidatePrincipal = async context =>
            {
                await valid(context);
                await ChosenRuleset.EnterAsync(context);
            };
        });
        services.AddCookie(IdentityConstants.TwoFactorUserIdScheme, "signify.secondstep", SecondStep);
        services.AddCookie(IdentityConstants.TwoFactorRememberMeScheme, "signify.remembered", Session);
        services.AddCookie(IdentityConstants.ExternalScheme, "signify.external", SecondStep);
        services.Configure<AntiforgeryOptions>(options => Restrict(options.Cookie, "signify.antiforgery"));
        services.Configure<CookieTempDataProviderOptions>(options => Restrict(options.Cookie, "signify.notice"));
    }

    private static void AddCookie(this IServiceCollection services, string scheme, string name, TimeSpan lifetime) =>
        services.Configure<CookieAuthenticationOptions>(scheme, options =>
        {
            Restrict(options.Cookie, name);
            options.CookieManager = new HostPrefixedCookies();
            options.ExpireTimeSpan = lifetime;
            options.SlidingExpiration = true;
            options.LoginPath = "/account/signin";
            options.LogoutPath = "/account/signout";
            options.ReturnUrlParameter = "returnUrl";
            // The page for 403 stands at the address that was asked for; no redirect.
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });

    // Lax, not Strict: a link in a mail must find the reader signed in.
    private static void Restrict(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }
}
