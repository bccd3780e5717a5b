using System.Text;
using Signify.Notifications.Web.Pages.Mailings.New;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>Takes what a form sends into the draft: its words, its list of recipients, its files.</summary>
public sealed class DraftWriter(DraftFolder folder)
{
    public async Task<MailingDraft> WriteAsync(MailingDraft draft, MailingForm form, int? removed, CancellationToken ct)
    {
        var written = form.ApplyTo(draft);
        // Its folder, before the files in it.
        await folder.SaveAsync(written, ct);
        written = await WriteRecipientsAsync(written, form, ct);
        written = await WriteFilesAsync(written, form.Files, ct);
        if (written.Attachments.FirstOrDefault(a => a.Number == removed) is { } gone)
        {
            folder.DeleteAttachment(written, gone);
            written = written with { Attachments = [.. written.Attachments.Except([gone])] };
        }

        await folder.SaveAsync(written, ct);
        return written;
    }

    /// <summary>The pasted list as it is shown again; null when a file holds the recipients.</summary>
    public async Task<string?> PastedAsync(MailingDraft draft, CancellationToken ct)
    {
        if (draft.RecipientsFile is not null || !folder.HasRecipients(draft))
        {
            return null;
        }

        using var reader = new StreamReader(folder.OpenRecipients(draft), Encoding.UTF8);
        return await reader.ReadToEndAsync(ct);
    }

    private async Task<MailingDraft> WriteRecipientsAsync(MailingDraft draft, MailingForm form, CancellationToken ct)
    {
        if (form.RecipientsFile is { Length: > 0 } file)
        {
            await folder.SaveRecipientsAsync(draft, stream => file.CopyToAsync(stream, ct));
            return draft with { RecipientsFile = BareName(file.FileName) };
        }

        var pasted = form.Recipients ?? "";
        if (string.IsNullOrWhiteSpace(pasted) && draft.RecipientsFile is not null)
        {
            return draft;
        }

        await folder.SaveRecipientsAsync(draft, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(pasted), ct).AsTask());
        return draft with { RecipientsFile = pasted.Length > MailingForm.PastedCharactersShown ? "The pasted list" : null };
    }

    private async Task<MailingDraft> WriteFilesAsync(MailingDraft draft, IReadOnlyList<IFormFile> files, CancellationToken ct)
    {
        var attachments = draft.Attachments.ToList();
        foreach (var file in files.Where(f => f.FileName.Length > 0))
        {
            var number = attachments.Select(a => a.Number).DefaultIfEmpty().Max() + 1;
            var attachment = new DraftAttachment(number, BareName(file.FileName), file.Length);
            await folder.SaveAttachmentAsync(draft, attachment, stream => file.CopyToAsync(stream, ct));
            attachments.Add(attachment);
        }

        return draft with { Attachments = attachments };
    }

    /// <summary>Without the path that some browsers send, and without characters that no header and no line may hold.</summary>
    private static string BareName(string name)
    {
        var bare = string.Concat(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c) && !char.IsSurrogate(c))).Trim();
        return bare.Length switch { 0 => "file", > 255 => bare[^255..], _ => bare };
    }
}
