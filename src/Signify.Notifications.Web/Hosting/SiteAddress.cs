using Microsoft.Extensions.Options;
using Signify.Notifications.Alerts;
using Signify.Notifications.Persistence;
using Signify.Notifications.Sandbox;

namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// The address that one-time links begin with. The Host header is the caller's: a link built from it could lead a user, and the
/// token in it, to a host of the caller's choice.
/// </summary>
internal sealed class SiteAddress(IOptions<SiteOptions> options, IConfiguration configuration, IHostEnvironment environment)
{
    public Uri? Configured => options.Value.Address;

    /// <returns>Without a slash at its end; null when neither <c>Site:Address</c> nor <c>AllowedHosts</c> names a host.</returns>
    public string? BaseFor(HttpRequest request) =>
        Configured is { } address ? address.AbsoluteUri.TrimEnd('/')
        : MayTrustHost ? $"{request.Scheme}://{request.Host}{request.PathBase}"
        : null;

    private bool MayTrustHost => SandboxProduction.Allows(environment.EnvironmentName) || RestrictsHosts(configuration["AllowedHosts"]);

    private static bool RestrictsHosts(string? allowed) =>
        allowed?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } hosts
        && !hosts.Any(h => h is "*" or "[::]" or "0.0.0.0");
}

internal static class SiteServices
{
    /// <exception cref="StartRefusedException"><c>Site:Address</c> cannot be used.</exception>
    public static void AddSite(this WebApplicationBuilder builder)
    {
        var site = builder.Configuration.GetSection("Site");
        var typed = site["Address"];
        var isLocal = SandboxProduction.Allows(builder.Environment.EnvironmentName);
        if (!string.IsNullOrEmpty(typed) && !IsUsable(typed, isLocal))
        {
            throw new StartRefusedException(
                $"Site:Address is \"{typed}\": it must be an https address without query and fragment, "
                + "such as https://notifications.contoso.com.");
        }

        builder.Services.Configure<SiteOptions>(site);
        builder.Services.AddSingleton<SiteAddress>();
        // An alert's link leads to the same site.
        builder.Services.AddOptions<AlertOptions>()
            .PostConfigure<IOptions<SiteOptions>>((alerts, own) => alerts.Address ??= own.Value.Address);
    }

    private static bool IsUsable(string typed, bool isLocal) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (isLocal && address.Scheme == Uri.UriSchemeHttp))
        && address is { UserInfo: "", Query: "", Fragment: "" };
}
