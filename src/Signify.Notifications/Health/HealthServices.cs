using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Alerts;
using Signify.Notifications.Health.Alerting;
using Signify.Notifications.Health.Figures;

namespace Signify.Notifications.Health;

internal static class HealthServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AlertOptions>().Bind(configuration.GetSection("Alerts")).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<AlertSignal>()
            .AddSingleton<AlertLog>()
            .AddSingleton<AlertSettings>();
    }

    /// <summary>Looking, checking again and telling are the work of the instances that send.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton<HealthReader>()
            .AddSingleton<HealthWatch>()
            .AddSingleton<ApiKeyWatch>()
            .AddSingleton<Recheck>()
            .AddSingleton<MailMessenger>()
            .AddSingleton<WebhookMessenger>()
            .AddSingleton<AlertSender>()
            .AddSingleton<AlertTest>()
            .AddSingleton<FiguresReader>()
            .AddHostedService<ClusterGauges>();
        return configuration.GetValue("Dispatch:Enabled", true) ? services.AddHostedService<HealthService>() : services;
    }
}
