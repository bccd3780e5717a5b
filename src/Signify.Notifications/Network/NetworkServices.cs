using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Signify.Notifications.Network;

internal static class NetworkServices
{
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        services.TryAddSingleton<StaggeredConnector>();
        return services;
    }
}
