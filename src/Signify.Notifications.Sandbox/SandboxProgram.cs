using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Signify.Notifications.Sandbox.Pages;

namespace Signify.Notifications.Sandbox;

/// <summary>The sandbox alone: its servers, its page, and what to set in the program that is to use it.</summary>
internal static class SandboxProgram
{
    private const int PagesPort = 8480;

    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, EnvironmentName = EnvironmentOf(args) });
        SandboxProduction.Refuse(builder.Environment.EnvironmentName);
        var options = builder.Configuration.GetSection(SandboxOptions.Section).Get<SandboxOptions>() ?? new SandboxOptions();
        options.EnvironmentName = builder.Environment.EnvironmentName;
        using var loggers = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        await using var sandbox = await SandboxHost.StartAsync(options, TimeProvider.System, loggers, CancellationToken.None);

        using var pages = SandboxPorts.Listen(PagesPort);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => pages);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, SandboxPorts.PortOf(pages)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSandboxPages(builder.Environment, sandbox, hostedInProduct: false);
        await using var app = builder.Build();
        app.UseMiddleware<SandboxPageHeaders>();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapGet("/", () => Results.Redirect("/sandbox"));
        await app.StartAsync();
        StartMessage.Write(Console.Out, sandbox, app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    // Where nothing is said, a web program believes itself in Production; the sandbox alone means to be tried out.
    private static string EnvironmentOf(string[] args) => new ConfigurationBuilder()
        .AddEnvironmentVariables("DOTNET_")
        .AddEnvironmentVariables("ASPNETCORE_")
        .AddCommandLine(args)
        .Build()["Environment"] ?? Environments.Development;
}
