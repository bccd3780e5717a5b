using Signify.Notifications.Sandbox;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Relays on this machine, in the environments Development and Test alone, as the sandbox.</summary>
internal static class LocalRelays
{
    public static void AddLocalRelays(this WebApplicationBuilder builder)
    {
        if (SandboxProduction.Allows(builder.Environment.EnvironmentName))
        {
            builder.Services.PostConfigure<RelayOptions>(relays =>
            {
                relays.Hosts.Add("127.0.0.0/8");
                relays.Hosts.Add("::1/128");
            });
        }
    }
}
