using System.Data.Common;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Composes a claimed message, or finds that there is nothing to send.</summary>
internal sealed class MessageComposer(SenderParts parts, SenderSetup setup)
{
    // A sender that was suspended for so long may have lost the message to another process.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <returns>No mail, and no finding, for one that has expired; no mail, and why, for one that cannot be composed.</returns>
    public async Task<(OutgoingMail? Mail, OnDoubt OnDoubt, Finding? Unusable)> ComposeAsync(
        InHand n, BatchRun run, DateTimeOffset now, CancellationToken ct)
    {
        if (n.ExpiresAt <= now)
        {
            return (null, default, null);
        }

        if (await setup.Mails.FindAsync(n.MailingId, ct) is not { } mailing)
        {
            return (null, default, Causes.MailingDeleted.Told());
        }

        var begun = parts.Time.GetTimestamp();
        try
        {
            return (mailing.Compose(n, StillWanted, ct), mailing.OnDoubt, null);
        }
        catch (TemplateException ex)
        {
            return (null, default, Causes.TextNotMade.Told(("why", ex.Message)));
        }

        bool StillWanted() => run.Control.Wants(n.Id) && (parts.Time.GetElapsedTime(begun) < Fresh || IsMine(n));
    }

    // Asked of the database. Without an answer it is not.
    private bool IsMine(InHand n)
    {
        try
        {
            return parts.Outbox.IsMine(n);
        }
        catch (DbException)
        {
            return false;
        }
    }
}
