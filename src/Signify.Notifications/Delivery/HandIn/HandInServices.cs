using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Signify.Notifications.Delivery.HandIn;

internal static class HandInServices
{
    public static IServiceCollection AddHandIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HandInOptions>().Bind(configuration.GetSection("HandIn")).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<MailboxIds>()
            .AddSingleton<MessageIdSuffixes>()
            .AddSingleton<HandInKeys>()
            .AddSingleton<SingleRows>()
            .AddSingleton<SinglesWriter>()
            .AddSingleton<ReceivingMailings>()
            .AddSingleton<HandInSignal>()
            .AddSingleton<HandInTrace>()
            .AddSingleton<StoreProbe>()
            .AddSingleton<AbandonedMailings>()
            .AddHostedService<HandInSweep>()
            .AddSingleton<INotificationQueue, HandInDesk>();
    }
}
