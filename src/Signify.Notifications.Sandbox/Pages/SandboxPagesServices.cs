using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace Signify.Notifications.Sandbox.Pages;

/// <summary>What the hosting program calls to have the sandbox's pages, or to be without them.</summary>
public static class SandboxPagesServices
{
    /// <summary>Adds Razor Pages and the running sandbox that the pages show.</summary>
    /// <exception cref="InvalidOperationException">The environment is Production.</exception>
    public static IServiceCollection AddSandboxPages(
        this IServiceCollection services, IHostEnvironment environment, SandboxHost sandbox, bool hostedInProduct)
    {
        SandboxProduction.Refuse(environment.EnvironmentName);
        services.AddSingleton(sandbox);
        services.Configure<SandboxPagesOptions>(options => options.HostedInProduct = hostedInProduct);
        services.AddRazorPages().ConfigureApplicationPartManager(Add);
        return services;
    }

    /// <summary>
    /// A program that references this one finds its pages by itself. Without a running sandbox they must go:
    /// <c>AddRazorPages().ConfigureApplicationPartManager(parts => parts.RemoveSandboxPages())</c>.
    /// </summary>
    public static void RemoveSandboxPages(this ApplicationPartManager parts)
    {
        foreach (var part in parts.ApplicationParts.Where(IsOurs).ToList())
        {
            parts.ApplicationParts.Remove(part);
        }
    }

    // Tests start from an entry assembly that does not name this one as a part.
    private static void Add(ApplicationPartManager parts)
    {
        if (parts.ApplicationParts.Any(IsOurs))
        {
            return;
        }

        var assembly = typeof(SandboxPagesServices).Assembly;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
        {
            parts.ApplicationParts.Add(part);
        }
    }

    private static bool IsOurs(ApplicationPart part) => part.Name == typeof(SandboxPagesServices).Assembly.GetName().Name;
}
