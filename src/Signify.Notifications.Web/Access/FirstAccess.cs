using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Web.Hosting;

namespace Signify.Notifications.Web.Access;

/// <summary>First start: the administrator and the key of <c>Bootstrap</c>, or a set-up link on the console.</summary>
internal static partial class FirstAccess
{
    private const string By = "configuration";

    public static void AddFirstAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<BootstrapOptions>().BindConfiguration("Bootstrap");
        builder.Services.AddSingleton<SetUpLink>();
    }

    /// <exception cref="StartRefusedException">A value of <c>Bootstrap</c> cannot be used.</exception>
    public static async Task PrepareFirstAccessAsync(this WebApplication app, CancellationToken ct)
    {
        var bootstrap = app.Services.GetRequiredService<IOptions<BootstrapOptions>>().Value;
        bootstrap.Check();
        await app.MakeKeyAsync(bootstrap, ct);
        if (await app.Services.GetRequiredService<Members>().AnyUserAsync(ct))
        {
            return;
        }

        if (bootstrap.HasAdministrator)
        {
            await app.MakeAdministratorAsync(bootstrap, ct);
        }
        else
        {
            app.Lifetime.ApplicationStarted.Register(() => app.AnnounceLink());
        }
    }

    private static async Task MakeKeyAsync(this WebApplication app, BootstrapOptions bootstrap, CancellationToken ct)
    {
        var keys = app.Services.GetRequiredService<ApiKeys>();
        if (!string.IsNullOrEmpty(bootstrap.ApiKey) && !await keys.AnyAsync(ct))
        {
            await keys.AddAsync(Ruleset.DefaultId, bootstrap.ApiKey, "bootstrap", ApiKeyScopes.All, lifetime: null, By, ct);
        }
    }

    private static async Task MakeAdministratorAsync(this WebApplication app, BootstrapOptions bootstrap, CancellationToken ct)
    {
        var made = await app.Services.GetRequiredService<FirstAdministrator>().MakeAsync(bootstrap.AdminEmail!, bootstrap.AdminPassword!, By, ct);
        if (!made.Succeeded)
        {
            throw new StartRefusedException(
                "Bootstrap:AdminEmail and Bootstrap:AdminPassword were not accepted: " + string.Join(" ", made.Errors.Select(e => e.Description)));
        }
    }

    // The one place where the link appears.
    private static void AnnounceLink(this WebApplication app)
    {
        var site = app.Services.GetRequiredService<SiteAddress>().Configured?.AbsoluteUri.TrimEnd('/') ?? BaseAddress(app.Urls);
        var link = LinkCode.AddTo($"{site}/setup", app.Services.GetRequiredService<SetUpLink>().Open());
        LogLink(app.Logger, link);
    }

    private static string BaseAddress(ICollection<string> urls)
    {
        var url = urls.FirstOrDefault() ?? "http://localhost";
        foreach (var everywhere in (string[])["[::]", "0.0.0.0", "*", "+"])
        {
            url = url.Replace("//" + everywhere, "//localhost", StringComparison.Ordinal);
        }

        return url.TrimEnd('/');
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no administrator yet. Open this link once to set the first one up:\n\n    {Link}\n")]
    private static partial void LogLink(ILogger logger, string link);
}
