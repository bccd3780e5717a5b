using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Alerts;
using Signify.Notifications.Audit;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Grains;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Health;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.PostgreSql.Membership;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Transports;
using Signify.Notifications.Transports.Graph;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications;

/// <summary>The table of contents of the library.</summary>
public static class NotificationsServices
{
    /// <param name="contentRoot">Where a relative <c>Data:Directory</c> counts from.</param>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddNetwork()
            .AddTelemetry(configuration)
            .AddPersistence(configuration, contentRoot)
            .AddAccess(configuration)
            .AddSettings()
            .AddAlerts(configuration)
            .AddMicrosoft365(configuration)
            .AddTransports(configuration)
            .AddChecks()
            .AddHandIn(configuration)
            .AddDelivery(configuration)
            .AddControl()
            .AddReading()
            .AddRetention(configuration)
            .AddHealth(configuration);
    }

    private static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection("Telemetry")).ValidateOnStart();
        return services.AddSingleton<Instruments>();
    }

    private static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionOptions>().Bind(configuration.GetSection("Sessions")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ApiKeyOptions>().Bind(configuration.GetSection("ApiKeys")).ValidateOnStart();
        return services
            .AddSingleton<RulesetAccess>()
            .AddSingleton<RulesetMaking>()
            .AddSingleton<Members>()
            .AddSingleton<Invitations>()
            .AddSingleton<AccessOffers>()
            .AddSingleton<SessionSignal>()
            .AddSingleton<UserSessions>()
            .AddSingleton<UnknownAccounts>()
            .AddSingleton<ApiKeys>();
    }

    private static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<AuditLog>()
        .AddSingleton<AlertLog>()
        .AddSingleton<SecretProtector>()
        .AddSingleton<SecretReclosing>()
        .AddSingleton<RevisionMaking>()
        .AddSingleton<SettingsStore>();

    private static IServiceCollection AddMicrosoft365(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(new Clouds(configuration))
        .AddSingleton<CloudHttp>()
        .AddSingleton(_ => new WorkloadIdentity(configuration))
        .AddSingleton<IAccessTokens, AccessTokens>()
        .AddSingleton<KeptTokens>()
        .AddSingleton<StandbyTakeOver>()
        .AddSingleton<TenantProbe>();

    private static IServiceCollection AddTransports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SharedRelayOptions>().Bind(configuration.GetSection("SharedRelay")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RelayOptions>().Bind(configuration.GetSection("Relays")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection("Smtp")).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<RelayAddresses>()
            .AddSingleton<SmtpRoad>()
            .AddSingleton<GraphMail>()
            .AddSingleton<INotificationTransport, SmtpTransport>()
            .AddSingleton<INotificationTransport, GraphTransport>();
    }

    private static IServiceCollection AddChecks(this IServiceCollection services) => services
        .AddSingleton<CredentialRules>()
        .AddSingleton<FieldRules>()
        .AddSingleton<SettingsCheck>()
        .AddSingleton<CheckStore>()
        .AddSingleton<CheckRunner>()
        .AddSingleton<SettingsSave>()
        .AddSingleton<TestMessage>();

    private static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DispatchOptions>().Bind(configuration.GetSection("Dispatch")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PaceOptions>().Bind(configuration.GetSection("Pace")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PaceOptions>, PaceOptionsCheck>();
        return services
            .AddSingleton<PaceProfiles>()
            .AddSingleton<Outbox>()
            .AddSingleton(SenderIdentity.OfThisProcess())
            .AddSingleton<SendRecorder>()
            .AddSingleton<MailboxStates>()
            .AddSingleton<MailingCache>()
            .AddSingleton<SenderParts>();
    }

    /// <summary>For an instance that sends: the owners of the mailboxes and the beat that keeps them awake. Needs Orleans in the host.</summary>
    public static IServiceCollection AddDispatch(this IServiceCollection services) => services
        .AddSingleton<RunningPumps>()
        .AddSingleton<MailboxShares>()
        .AddSingleton<EngineBeat>()
        .AddHostedService<DispatchBeat>();

    /// <summary>Where the processes of a cluster find each other: the database that they share; and the watch over who has lost it. Needs PostgreSQL.</summary>
    public static IServiceCollection AddClusterMembership(this IServiceCollection services) => services
        .AddSingleton<IMembershipTable, MembershipTable>()
        .AddSingleton<ProcessExit>()
        .AddHostedService<SenderLease>()
        .AddSingleton<DatabaseReach>()
        .AddHostedService(provider => provider.GetRequiredService<DatabaseReach>());

    private static IServiceCollection AddControl(this IServiceCollection services) => services
        .AddSingleton<DeliverySignals>()
        .AddSingleton<ControlTransaction>()
        .AddSingleton<ControlSweep>()
        .AddSingleton<SendingHold>()
        .AddSingleton<RestoredHold>()
        .AddSingleton<MailingControl>()
        .AddSingleton<NotificationControl>();

    private static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton<AllowedPace>()
        .AddSingleton<OverviewReader>()
        .AddSingleton<RulesetGlances>()
        .AddSingleton<MailingReader>()
        .AddSingleton<ActivityReader>()
        .AddSingleton<NotificationReader>()
        .AddSingleton<ContentReader>()
        .AddSingleton<MessageReader>()
        .AddSingleton<DeliveryFeed>();

    /// <summary>Deleting is the work of the instances that send.</summary>
    private static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection("Retention")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RetentionSetting>().AddSingleton<RetentionSweep>();
        return configuration.GetValue("Dispatch:Enabled", true) ? services.AddHostedService<RetentionService>() : services;
    }
}
