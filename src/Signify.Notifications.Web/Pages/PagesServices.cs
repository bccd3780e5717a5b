using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;
using Signify.Notifications.Web.Pages.Mailings.Drafts;

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
        builder.Services.AddScoped<RepairReader>();
        builder.Services.AddScoped<GuideReader>();
        builder.Services.AddSingleton<MailingRehearsal>();
        builder.Services.AddSingleton<DraftFolder>();
        builder.Services.AddSingleton<DraftWriter>();
        builder.Services.AddSingleton<DraftRecipients>();
        builder.Services.AddSingleton<DraftRules>();
        builder.Services.AddSingleton<DraftRehearsal>();
        builder.Services.AddSingleton<DraftHandIn>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapMessageFrames();
        app.MapNotificationDownloads();
    }
}
