using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>Hands a draft in, once however often it is asked to; and one message of it to the person who writes it.</summary>
public sealed class DraftHandIn(DraftFolder folder, DraftRecipients recipients, DraftRehearsal rehearsal, INotificationQueue queue)
{
    /// <returns>Null when another request has handed it in meanwhile: the draft then knows its mailing.</returns>
    public async Task<HandInOutcome?> SendAsync(MailingDraft draft, CancellationToken ct)
    {
        var caller = new HandInCaller(draft.RulesetId, draft.Owner, new IdempotencyKey($"page-{draft.Id:N}"));
        HandInOutcome outcome;
        try
        {
            outcome = await queue.HandInAsync(caller, DraftRehearsal.MailingOf(draft, await FilesAsync(draft, ct)), recipients.ReadAsync(draft, ct), ct);
        }
        catch (IOException ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (outcome is HandInOutcome.MailingQueued queued)
        {
            // It is queued, whoever is still waiting for the answer.
            await folder.HandedInAsync(draft, queued.MailingId, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>The n-th recipient's message to another address. Null when there is no such recipient or its message cannot be put together.</summary>
    public async Task<HandInOutcome?> TestAsync(MailingDraft draft, int n, string to, CancellationToken ct)
    {
        if (await rehearsal.MessageAsync(draft, n, ct) is not { Rendered: { } message })
        {
            return null;
        }

        var test = new NewNotification
        {
            To = to,
            Subject = message.Subject,
            Text = message.Text,
            Html = message.Html,
            Attachments = await FilesAsync(draft, ct),
            Priority = Priority.Urgent,     // someone waits for it
        };
        return await queue.HandInAsync(new HandInCaller(draft.RulesetId, draft.Owner), test, ct);
    }

    private async Task<IReadOnlyList<NewAttachment>> FilesAsync(MailingDraft draft, CancellationToken ct)
    {
        var files = new List<NewAttachment>();
        foreach (var attachment in draft.Attachments)
        {
            // Its type goes by the name's ending: what a browser claims depends on the machine it runs on.
            files.Add(new NewAttachment(attachment.Name, ContentType: null, await folder.ReadAttachmentAsync(draft, attachment, ct)));
        }

        return files;
    }
}
