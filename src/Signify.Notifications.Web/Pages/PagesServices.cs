using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Pages;

/// <summary>The screens: Razor Pages, their folder is the menu path and the URL.</summary>
public static class PagesServices
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorPages();
        builder.Services.AddRouting(options => options.LowercaseUrls = true);
        builder.Services.AddScoped<EditRight>();
        builder.Services.AddScoped<SettingsPageReader>();
        builder.Services.AddScoped<HistoryReader>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
    }
}
