using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Api;

/// <summary>The HTTP API and its OpenAPI document.</summary>
internal static class ApiServices
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options => FindingJson.Configure(options.SerializerOptions));
        // In Development a body that cannot be read would be a fault of ours: 500, and a stack trace in the log.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddSingleton<AccessWatch>().AddSingleton<LargeBodies>();
        builder.Services.AddOpenApi("v1", ApiDocument.Describe);
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        var api = app.MapGroup("/api/v1").LimitKeys();
        api.MapSettings();
        api.MapMailingsRead();
        api.MapMailingControl();
        api.MapNotificationsRead();
        api.MapNotificationControl();
        api.MapHold();
        api.MapEvents();
        api.MapHealthDetails();
        api.MapHandIn();
    }
}
