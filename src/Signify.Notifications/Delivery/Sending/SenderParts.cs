using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Transports;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>What every mailbox's sender works with; made once for the process.</summary>
public sealed record SenderParts(
    Outbox Outbox,
    SendRecorder Record,
    MailboxStates States,
    ControlSweep Sweep,
    SettingsStore Settings,
    PaceProfiles Profiles,
    IEnumerable<INotificationTransport> Transports,
    SmtpRoad Road,
    StandbyTakeOver Standby,
    IDbContextFactory<NotificationsDbContext> Contexts,
    MailingCache Mailings,
    Instruments Instruments,
    TimeProvider Time,
    ILogger<MailboxPump> Logger)
{
    /// <summary>Spreads waits and retries, so that many do not come back together.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Shared by all senders of the process.</summary>
    public PaceGates Gates { get; init; } = new();

    public INotificationTransport Transport(Route route) => Transports.Single(t => t.Route == route);
}
