using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>What a sender sends with, for as long as the same revision of the settings is in charge.</summary>
internal sealed record SenderSetup(
    int MailboxId, long Epoch, Guid RevisionId, NotificationSettings Settings, Route Route, MailingMails Mails, SendingMeasures Measures) : IDisposable
{
    public void Dispose() => Mails.Dispose();
}
