using System.Text.Json;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>
/// Where mailings lie while they are written: a folder each beside the database, open to this account alone, deleted when the
/// mailing is handed in or a week later. Files and not fields of the form: a list of recipients may be as large as an upload and
/// would else travel with every step. See docs/decisions/0012.
/// </summary>
public sealed class DraftFolder(DataFolder data, TimeProvider time)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Root => Path.Combine(data.Path, "drafts");

    /// <returns>null when there is none, it is another person's, or it belongs to another ruleset.</returns>
    public async Task<MailingDraft?> FindAsync(Guid id, Guid rulesetId, string owner, CancellationToken ct)
    {
        var file = Path.Combine(FolderOf(id), "draft.json");
        if (!File.Exists(file))
        {
            return null;
        }

        await using var stream = File.OpenRead(file);
        var draft = await JsonSerializer.DeserializeAsync<MailingDraft>(stream, cancellationToken: ct);
        return draft is not null && draft.RulesetId == rulesetId && draft.Owner == owner ? draft : null;
    }

    /// <summary>Whether somebody has a draft of this name, whoever it is.</summary>
    public bool Exists(Guid id) => Directory.Exists(FolderOf(id));

    /// <summary>Writes the draft; a reader sees the old or the new one whole.</summary>
    public async Task SaveAsync(MailingDraft draft, CancellationToken ct)
    {
        Create(Root);
        Create(FolderOf(draft.Id));
        await WriteAsync(Path.Combine(FolderOf(draft.Id), "draft.json"), stream => JsonSerializer.SerializeAsync(stream, draft, cancellationToken: ct));
    }

    public bool HasRecipients(MailingDraft draft) => File.Exists(RecipientsOf(draft.Id));

    public Task SaveRecipientsAsync(MailingDraft draft, Func<Stream, Task> write) => WriteAsync(RecipientsOf(draft.Id), write);

    /// <exception cref="FileNotFoundException">It has none yet.</exception>
    public Stream OpenRecipients(MailingDraft draft) => File.OpenRead(RecipientsOf(draft.Id));

    public Task SaveAttachmentAsync(MailingDraft draft, DraftAttachment attachment, Func<Stream, Task> write) => WriteAsync(FileOf(draft.Id, attachment), write);

    public Task<byte[]> ReadAttachmentAsync(MailingDraft draft, DraftAttachment attachment, CancellationToken ct) => File.ReadAllBytesAsync(FileOf(draft.Id, attachment), ct);

    public void DeleteAttachment(MailingDraft draft, DraftAttachment attachment) => File.Delete(FileOf(draft.Id, attachment));

    /// <summary>Deletes what it held and remembers the mailing, so that the same page sent again leads there.</summary>
    public async Task HandedInAsync(MailingDraft draft, long mailingId, CancellationToken ct)
    {
        await SaveAsync(new MailingDraft { Id = draft.Id, RulesetId = draft.RulesetId, Owner = draft.Owner, HandedInAs = mailingId }, ct);
        foreach (var file in Directory.GetFiles(FolderOf(draft.Id)).Where(f => Path.GetFileName(f) != "draft.json"))
        {
            File.Delete(file);
        }
    }

    public void Discard(MailingDraft draft) => Delete(FolderOf(draft.Id));

    /// <summary>Deletes drafts that nobody has touched for a week, whoever wrote them.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Root))
        {
            return;
        }

        var oldest = (time.GetUtcNow() - Kept).UtcDateTime;
        foreach (var folder in Directory.GetDirectories(Root).Where(f => Directory.GetLastWriteTimeUtc(f) < oldest))
        {
            Delete(folder);
        }
    }

    private string FolderOf(Guid id) => Path.Combine(Root, id.ToString("N"));

    private string RecipientsOf(Guid id) => Path.Combine(FolderOf(id), "recipients.csv");

    private string FileOf(Guid id, DraftAttachment attachment) => Path.Combine(FolderOf(id), $"attachment-{attachment.Number}");

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another request swept it at the same time.
        }
    }

    private static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        // Beside it first, so that a reader never meets half a file. A name of its own: two requests may write at once.
        var half = $"{path}.{Guid.NewGuid():N}";
        await using (var stream = new FileStream(half, options))
        {
            await write(stream);
        }

        File.Move(half, path, overwrite: true);
    }
}
