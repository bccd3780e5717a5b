using Signify.Notifications.Alerts;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>Alerts of the last days, told in every way.</summary>
internal static class AlertSeed
{
    public static async Task AddAsync(NotificationsDbContext db, DateTimeOffset now)
    {
        db.Add(new AlertSetting { RulesetId = Ruleset.DefaultId, ExtraAddresses = "ops@contoso.example", WebhookUrl = "https://alerts.contoso.example/hooks/notifications" });
        db.AddRange(
            Alert(AlertKind.CredentialExpires, "14 days", "Default: the client secret ends in 12 days",
                "The client secret that notifications are sent with ends on 5 December 2026. After that nothing can be sent. Make a new client secret in the Entra portal, enter it under Gear, Ruleset, Notifications with its end date, and save.",
                now.AddHours(-2), ended: null,
                new() { Channel = AlertChannel.Mail, State = AlertDeliveryState.Delivered, Attempts = 1, DueAt = now, LastAt = now, LastWords = "In the queue for 2 people." },
                new() { Channel = AlertChannel.Webhook, State = AlertDeliveryState.Waiting, Attempts = 3, DueAt = now.AddMinutes(30), LastAt = now, LastWords = "It answered 503." }),
            Alert(AlertKind.ConfigurationRecovered, "x", "Default: the notification settings pass their check again",
                "They had been failing since 21 November 2026 at 09:12 UTC. What waited for them is being sent. Nothing needs to be done.",
                now.AddDays(-2), now.AddDays(-2),
                new() { Channel = AlertChannel.Mail, State = AlertDeliveryState.Delivered, Attempts = 1, DueAt = now, LastAt = now, LastWords = "In the queue for 2 people." },
                new() { Channel = AlertChannel.Webhook, State = AlertDeliveryState.Delivered, Attempts = 1, DueAt = now, LastAt = now, LastWords = "It answered 204." }),
            Alert(AlertKind.SendingHeld, "smtp-auth-disabled-mailbox", "Default: sending is held",
                "The settings are at fault (smtp-auth-disabled-mailbox). What is handed in is kept, in its order, and no attempt is used up.",
                now.AddDays(-2).AddHours(-1), now.AddDays(-2),
                new() { Channel = AlertChannel.Mail, State = AlertDeliveryState.Skipped, DueAt = now, LastWords = "Not by e-mail: the way it would go is what failed. An e-mail follows when it works again." },
                new() { Channel = AlertChannel.Webhook, State = AlertDeliveryState.GivenUp, Attempts = 14, DueAt = now, LastAt = now, LastWords = "It did not answer within 10 seconds." }));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static RaisedAlert Alert(AlertKind kind, string about, string subject, string text, DateTimeOffset at, DateTimeOffset? ended, params List<AlertDelivery> deliveries) => new()
    {
        Id = Guid.CreateVersion7(at),
        RulesetId = Ruleset.DefaultId,
        Kind = kind,
        About = about,
        Subject = subject,
        Text = text,
        At = at,
        EndedAt = ended,
        Deliveries = deliveries,
    };
}
