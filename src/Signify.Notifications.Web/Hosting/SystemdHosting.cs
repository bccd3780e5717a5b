using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// As a service of systemd: tells when it is ready and when it stops, and writes lines that the journal knows the importance of.
/// <c>UseSystemd</c> would look at the name of its parent process, which our unit hides from it (<c>ProtectProc=invisible</c>); the
/// socket that systemd wants to be told on is the better sign.
/// </summary>
internal static class SystemdHosting
{
    public static void AddSystemd(this WebApplicationBuilder builder)
    {
        if (OperatingSystem.IsWindows() || string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")))
        {
            return;
        }

        builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Systemd);
        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddSingleton<IHostLifetime, SystemdLifetime>();
    }
}
