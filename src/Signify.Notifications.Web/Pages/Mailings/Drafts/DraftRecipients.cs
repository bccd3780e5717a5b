using System.Runtime.CompilerServices;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>Reads a draft's list of recipients, as often as it is asked for, a line at a time.</summary>
public sealed class DraftRecipients(DraftFolder folder)
{
    public async Task<ListHead> HeadAsync(MailingDraft draft, CancellationToken ct)
    {
        await Task.CompletedTask;
        return folder.HasRecipients(draft) ? new ListHead([]) : ListHead.None;
    }

    public async IAsyncEnumerable<NewRecipient> ReadAsync(MailingDraft draft, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield break;
    }
}
