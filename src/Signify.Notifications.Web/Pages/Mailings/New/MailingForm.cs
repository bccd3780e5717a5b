using Signify.Notifications.Delivery;
using Signify.Notifications.Web.Pages.Mailings.Drafts;

namespace Signify.Notifications.Web.Pages.Mailings.New;

/// <summary>A new mailing as the form sends it.</summary>
public sealed class MailingForm
{
    /// <summary>A pasted list longer than this is kept like an uploaded file instead of travelling with every step.</summary>
    public const int PastedCharactersShown = 100_000;

    public string? Name { get; set; }

    public string? Subject { get; set; }

    public string? Text { get; set; }

    public string? Html { get; set; }

    /// <summary>The pasted list.</summary>
    public string? Recipients { get; set; }

    /// <summary>The heading of the column to send to, asked for where several hold addresses.</summary>
    public string? AddressColumn { get; set; }

    public IFormFile? RecipientsFile { get; set; }

    public IReadOnlyList<IFormFile> Files { get; set; } = [];

    public Priority Priority { get; set; } = Priority.Normal;

    public string? NotBefore { get; set; }

    public string? ExpiresAt { get; set; }

    /// <summary>The browser's zone, filled in by new-mailing.js; empty without it, then times are UTC.</summary>
    public string? TimeZone { get; set; }

    public OnDoubt OnDoubt { get; set; }

    public static MailingForm From(MailingDraft draft, string? pasted) => new()
    {
        Name = draft.Name,
        Subject = draft.Subject,
        Text = draft.Text,
        Html = draft.Html,
        Recipients = pasted,
        AddressColumn = draft.AddressColumn,
        Priority = draft.Priority,
        NotBefore = TypedTime.Format(draft.NotBefore, draft.TimeZone),
        ExpiresAt = TypedTime.Format(draft.ExpiresAt, draft.TimeZone),
        TimeZone = draft.TimeZone,
        OnDoubt = draft.OnDoubt,
    };

    /// <summary>The draft with what was typed. Times that cannot be read are left as they were; the page says so.</summary>
    public MailingDraft ApplyTo(MailingDraft draft) => draft with
    {
        Name = Name?.Trim() ?? "",
        Subject = Subject?.Trim() ?? "",
        Text = Text ?? "",
        Html = Html ?? "",
        AddressColumn = string.IsNullOrEmpty(AddressColumn) ? null : AddressColumn,
        Priority = Enum.IsDefined(Priority) ? Priority : Priority.Normal,
        OnDoubt = Enum.IsDefined(OnDoubt) ? OnDoubt : OnDoubt.Resend,
        TimeZone = string.IsNullOrEmpty(TimeZone) ? null : TypedTime.Zone(TimeZone).Id,
        NotBefore = TypedTime.Parse(NotBefore, TimeZone).At,
        ExpiresAt = TypedTime.Parse(ExpiresAt, TimeZone).At,
    };
}
