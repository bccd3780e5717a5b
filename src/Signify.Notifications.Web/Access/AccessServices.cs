using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Web.Api;
using Signify.Notifications.Web.Hosting;

namespace Signify.Notifications.Web.Access;

/// <summary>Who may come in: users, API keys, and the headers that keep a page to itself.</summary>
public static class AccessServices
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddSite();
        builder.AddProxies();
        builder.AddConnectionLimits();
        builder.AddRateLimits();
        builder.Services.AddSingleton<UnknownProxies>().AddSingleton<RefusalLog>();
        builder.AddFirstAccess();
        builder.AddHealth();
        builder.AddMetricsDoor();
        builder.Services.AddSecurityHeaders();
        builder.Services.AddUsers();
        builder.Services.AddSchemes();
        builder.Services.AddCookies();
        builder.Services.AddPolicies();
        builder.Services.AddProblemDetails().AddExceptionHandler<DatabaseExceptionHandler>();
        // Afterwards: AddRazorPages starts the conventions anew.
        builder.Services.PostConfigure<RazorPagesOptions>(options =>
        {
            options.Conventions.AuthorizeFolder("/Account/Profile", AccessPolicies.OwnAccount);
            options.Conventions.AuthorizePage("/Index", AccessPolicies.Viewer);
            foreach (var folder in (string[])["/Gear", "/Overview", "/Mailings", "/Activity"])
            {
                options.Conventions.AuthorizeFolder(folder, AccessPolicies.Viewer);
                options.Conventions.AddFolderApplicationModelConvention(folder, page => page.Filters.Add(new AdministratorWrites()));
                options.Conventions.AddFolderApplicationModelConvention(folder, page => page.Filters.Add(new NamedRuleset()));
            }

            // It holds addresses of users and of recipients.
            options.Conventions.AuthorizeFolder("/Gear/System/AuditLog", AccessPolicies.Administrator);
            options.Conventions.AddPageApplicationModelConvention("/Index", page => page.Filters.Add(new NamedRuleset()));
        });
    }

    /// <summary>The order is the meaning: the caller's true address, then what wraps each answer, then who it is, then whether they may.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeadersOnEverything();
        app.UseStatusPages();
        app.UseObservers();
        app.UseSecureCookies();
        app.UseCheckedRequestBodies();
        app.UseHttpsWhereConfigured();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    private static void UseObservers(this WebApplication app)
    {
        var (proxies, refusals) = (app.Services.GetRequiredService<UnknownProxies>(), app.Services.GetRequiredService<RefusalLog>());
        app.Use(async (http, next) =>
        {
            proxies.Observe(http);
            await next(http);
            refusals.Note(http);
        });
    }
}
