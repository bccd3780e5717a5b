using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>What a draft would become: what was understood of its list, what is wrong with its words, and each recipient's message.</summary>
public sealed class DraftRehearsal(DraftRecipients recipients, MailingRehearsal rehearsal)
{
    /// <summary>How many of the lines at fault are shown one by one.</summary>
    public const int BadShown = 50;

    public async Task<DraftOutlook> RunAsync(MailingDraft draft, CancellationToken ct)
    {
        var list = await recipients.HeadAsync(draft, ct);
        var rehearsed = await rehearsal.RunAsync(MailingOf(draft, []), recipients.ReadAsync(draft, ct), BadShown, ct);
        return new DraftOutlook(list, rehearsed);
    }

    /// <summary>All rows that would be left out.</summary>
    public IAsyncEnumerable<RejectedRow> RejectedAsync(MailingDraft draft, CancellationToken ct) =>
        rehearsal.RejectedAsync(MailingOf(draft, []), recipients.ReadAsync(draft, ct), ct);

    /// <summary>The headings of the list, for those rows.</summary>
    public Task<ListHead> HeadAsync(MailingDraft draft, CancellationToken ct) => recipients.HeadAsync(draft, ct);

    /// <summary>The n-th recipient's message, from 1.</summary>
    public Task<RehearsedMessage?> MessageAsync(MailingDraft draft, int n, CancellationToken ct) =>
        rehearsal.MessageAsync(MailingOf(draft, []), recipients.ReadAsync(draft, ct), n, ct);

    public static NewMailing MailingOf(MailingDraft draft, IReadOnlyList<NewAttachment> attachments) => new()
    {
        Name = draft.Name,
        Subject = draft.Subject,
        Text = draft.Text.Length == 0 ? null : draft.Text,
        Html = draft.Html.Length == 0 ? null : draft.Html,
        Attachments = attachments,
        Priority = draft.Priority,
        NotBefore = draft.NotBefore,
        ExpiresAt = draft.ExpiresAt,
        OnDoubt = draft.OnDoubt,
        SkipDuplicates = !draft.SendDuplicates,
    };
}
