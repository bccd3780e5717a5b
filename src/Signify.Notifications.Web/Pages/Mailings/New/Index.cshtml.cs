using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Pages.Mailings.Drafts;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Mailings.New;

/// <summary>The first step: recipients, words, files and time. Each post keeps what was typed, right or wrong.</summary>
[RequestSizeLimit(LargestPost)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestPost, ValueLengthLimit = LargestText)]
public sealed class IndexModel(
    DraftFolder folder, DraftWriter writer, DraftRehearsal rehearsal, DraftRules rules, IOptions<HandInOptions> limits,
    CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    /// <summary>Bytes of a list and attachments together. More than that is handed in over the API, which takes a stream.</summary>
    public const long LargestPost = 64 * 1024 * 1024;

    private const int LargestText = 32 * 1024 * 1024;

    [BindProperty]
    public MailingForm Form { get; set; } = new();

    public Guid DraftId { get; private set; }

    public DraftOutlook? Outlook { get; private set; }

    public string? RecipientsFile { get; private set; }

    public IReadOnlyList<DraftAttachment> Attachments { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public long MostAttachmentBytes => limits.Value.AttachmentBytes;

    public async Task<IActionResult> OnGetAsync(Guid? draft, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if (draft is null)
        {
            DraftId = Guid.NewGuid();
            return Page();
        }

        if (await folder.FindAsync(draft.Value, ruleset.Id, User.By(), ct) is not { } found)
        {
            return NotFound();
        }

        if (found.HandedInAs is { } mailing)
        {
            return RedirectToPage("/Mailings/Mailing", new { id = mailing });
        }

        await ShowAsync(found, await rehearsal.RunAsync(found, ct), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? draft, int? remove, CancellationToken ct)
    {
        folder.Sweep();
        var id = draft ?? Guid.NewGuid();
        if (await folder.FindAsync(id, ruleset.Id, User.By(), ct) is not { } found)
        {
            if (folder.Exists(id))
            {
                return NotFound();      // somebody else's
            }

            found = new MailingDraft { Id = id, RulesetId = ruleset.Id, Owner = User.By() };
        }

        if (found.HandedInAs is { } mailing)
        {
            return RedirectToPage("/Mailings/Mailing", new { id = mailing });
        }

        var written = await writer.WriteAsync(found, Form, remove, ct);
        if (remove is not null)
        {
            return RedirectToPage(null, null, new { draft = id }, "Files");
        }

        var outlook = await rehearsal.RunAsync(written, ct);
        Errors = rules.Judge(written, Form, outlook);
        if (Errors.Count == 0)
        {
            return RedirectToPage("Check", new { draft = id });
        }

        var typed = (Form.NotBefore, Form.ExpiresAt);
        await ShowAsync(written, outlook, ct);
        (Form.NotBefore, Form.ExpiresAt) = typed;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task ShowAsync(MailingDraft draft, DraftOutlook outlook, CancellationToken ct)
    {
        DraftId = draft.Id;
        Form = MailingForm.From(draft, await writer.PastedAsync(draft, ct));
        Outlook = outlook;
        RecipientsFile = draft.RecipientsFile;
        Attachments = draft.Attachments;
    }
}
