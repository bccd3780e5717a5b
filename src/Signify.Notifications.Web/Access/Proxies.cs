using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Signify.Notifications.Persistence;
using IPNetwork = System.Net.IPNetwork;

namespace Signify.Notifications.Web.Access;

/// <summary>What stands in front of the program: proxies whose word about the caller is believed, and https.</summary>
internal static class Proxies
{
    /// <summary><c>Proxies:Known</c>: addresses or networks ("10.0.0.0/8"). Without it no forwarded header is believed.</summary>
    public static void AddProxies(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var known = builder.Configuration.GetSection("Proxies:Known").Get<string[]>() ?? [];
        if (known.Length == 0)
        {
            return;
        }

        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in known.Select(Network))
            {
                options.KnownIPNetworks.Add(network);
            }
        });
    }

    public static void UseHttpsWhereConfigured(this WebApplication app)
    {
        if (app.Environment.IsProduction() && IsHttpsConfigured(app.Configuration))
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new StartRefusedException($"Proxies:Known has \"{text}\", which is neither an IP address nor a network such as 10.0.0.0/8.");

    private static bool IsHttpsConfigured(IConfiguration configuration) =>
        configuration["HTTPS_PORTS"] is { Length: > 0 }
        || (configuration["URLS"] ?? "").Contains("https://", StringComparison.OrdinalIgnoreCase)
        || configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Any(e => e["Url"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true);
}
