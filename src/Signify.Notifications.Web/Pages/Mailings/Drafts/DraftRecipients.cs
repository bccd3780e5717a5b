using System.Runtime.CompilerServices;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>Reads a draft's list of recipients, as often as it is asked for, a line at a time.</summary>
public sealed class DraftRecipients(DraftFolder folder)
{
    public async Task<ListHead> HeadAsync(MailingDraft draft, CancellationToken ct)
    {
        if (!folder.HasRecipients(draft))
        {
            return ListHead.None;
        }

        using var table = await RecipientTable.OpenAsync(folder.OpenRecipients(draft), draft.AddressColumn, ct);
        return table.Head;
    }

    public async IAsyncEnumerable<NewRecipient> ReadAsync(MailingDraft draft, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!folder.HasRecipients(draft))
        {
            yield break;
        }

        using var table = await RecipientTable.OpenAsync(folder.OpenRecipients(draft), draft.AddressColumn, ct);
        await foreach (var recipient in table.ReadAsync(ct))
        {
            yield return recipient;
        }
    }
}
