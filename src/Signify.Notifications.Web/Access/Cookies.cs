using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Access;

/// <summary>The cookies of the program: out of reach of scripts, not sent along by other sites' forms, encrypted on https only.</summary>
internal static class Cookies
{
    private const string TwoFactorRequired = "/account/profile/required";

    private static readonly TimeSpan SecondStep = TimeSpan.FromMinutes(10);

    public static void AddCookies(this IServiceCollection services)
    {
        services.AddCookie(IdentityConstants.ApplicationScheme, "signify.session", UserSessions.IdleLimit);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            var stamp = options.Events.OnValidatePrincipal;
            options.Events.OnValidatePrincipal = context => ValidateAsync(context, stamp);
            options.Events.OnSigningIn = SessionCookie.SigningInAsync;
            options.Events.OnSigningOut = SessionCookie.SigningOutAsync;
            options.Events.OnRedirectToAccessDenied = context => RefuseAsync(context);
        });
        services.AddCookie(IdentityConstants.TwoFactorUserIdScheme, "signify.secondstep", SecondStep);
        services.AddCookie(IdentityConstants.TwoFactorRememberMeScheme, "signify.remembered", UserSessions.IdleLimit);
        services.AddCookie(IdentityConstants.ExternalScheme, "signify.external", SecondStep);
        services.Configure<AntiforgeryOptions>(options => Restrict(options.Cookie, "signify.antiforgery"));
        services.Configure<CookieTempDataProviderOptions>(options => Restrict(options.Cookie, "signify.notice"));
    }

    /// <summary>The session, then Identity's security stamp, then the ruleset.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context, Func<CookieValidatePrincipalContext, Task> stamp)
    {
        var isNeeded = ChosenRuleset.IsNeeded(context.HttpContext);
        if (isNeeded)
        {
            await SessionCookie.ValidateAsync(context);
        }

        if (context.Principal is null)
        {
            return;
        }

        var session = context.Principal;
        await stamp(context);
        if (!isNeeded || context.Principal is not { } user)
        {
            return;
        }

        if (user != session)
        {
            // Identity has read the user again.
            await SessionCookie.ValidateAsync(context);
        }

        if (context.Principal is not null)
        {
            await context.HttpContext.RequestServices.GetRequiredService<ChosenRuleset>().EnterAsync(context.HttpContext, user);
        }
    }

    /// <summary>Leads whoever lacks only the second factor to where they set it up. Everyone else gets the page for 403.</summary>
    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.User.LacksSecondFactor())
        {
            context.Response.Redirect(context.Request.PathBase + TwoFactorRequired);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
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
