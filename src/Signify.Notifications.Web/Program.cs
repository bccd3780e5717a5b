using Signify.Notifications;
using Signify.Notifications.Persistence;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Api;
using Signify.Notifications.Web.Pages;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Sandbox;

var builder = WebApplication.CreateBuilder(args);
await builder.AddSandboxAsync();
builder.Services.AddNotifications(builder.Configuration, builder.Environment.ContentRootPath);
builder.Services.AddScoped<CurrentRuleset>();
builder.AddAccess();
builder.AddApi();
builder.AddPages();

var app = builder.Build();
await app.Services.PrepareDatabaseAsync(CancellationToken.None);
app.UseAccess();
app.MapApi();
app.MapPages();
await app.RunAsync();

public partial class Program;
