using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Pages;

namespace Signify.Notifications.Sandbox.Tests.Pages;

/// <summary>The sandbox's pages in a program of their own.</summary>
internal static class SandboxPages
{
    public static async Task<WebApplication> StartAsync(SandboxHost sandbox, Action<IServiceCollection>? afterwards = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSandboxPages(builder.Environment, sandbox, hostedInProduct: false);
        afterwards?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapRazorPages();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
