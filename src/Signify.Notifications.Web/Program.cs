using Signify.Notifications;
using Signify.Notifications.Web;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Api;
using Signify.Notifications.Web.Commands;
using Signify.Notifications.Web.Hosting;
using Signify.Notifications.Web.Pages;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Sandbox;

if (Commands.IsNamedIn(args))
{
    return await Commands.RunAsync(args);
}

return await Start.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(NewSwitch.Without(args));
    builder.AddNewSwitch(args);
    builder.AddSystemd();
    builder.AddCredentials();
    await builder.AddSandboxAsync();
    builder.Services.AddNotifications(builder.Configuration, builder.Environment.ContentRootPath);
    builder.AddLocalRelays();
    builder.AddDispatching();
    builder.AddTelemetry();
    builder.AddRulesets();
    builder.AddAccess();
    builder.AddApi();
    builder.AddPages();

    var app = builder.Build();
    await app.PrepareAsync();
    app.UseAccess();
    app.MapHealth();
    app.MapMetrics();
    app.MapApi();
    app.MapPages();
    await app.RunAsync();
});

public partial class Program;
