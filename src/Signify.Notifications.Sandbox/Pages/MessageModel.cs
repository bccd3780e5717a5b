using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MimeKit;
using Signify.Notifications.Sandbox.Mail;

namespace Signify.Notifications.Sandbox.Pages;

public sealed class MessageModel(SandboxHost sandbox) : PageModel
{
    private const int SourceShown = 256 * 1024;

    // The frame has no rights at all; this keeps what is in it from fetching anything too.
    private const string FramePolicy =
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">";

    public SandboxMessage Message { get; private set; } = null!;

    public string? Text { get; private set; }

    public string? FrameDocument { get; private set; }

    public IReadOnlyList<MessageAttachment> Attachments { get; private set; } = [];

    public string Source { get; private set; } = "";

    public bool SourceIsCut => Message.Source.Length > SourceShown;

    public IActionResult OnGet(long id)
    {
        if (sandbox.Mail.Find(id) is not { } message)
        {
            return NotFound();
        }

        Message = message;
        Source = Encoding.UTF8.GetString(message.Source.Span[..Math.Min(message.Source.Length, SourceShown)]);
        try
        {
            Show(message.ToMime());
        }
        catch (FormatException)
        {
            Text = null; // No message at all: the source is still shown.
        }

        return Page();
    }

    public IActionResult OnGetSource(long id) => sandbox.Mail.Find(id) is { } message
        ? File(message.Source.ToArray(), "message/rfc822", $"message-{id}.eml")
        : NotFound();

    private void Show(MimeMessage mime)
    {
        Text = mime.TextBody;
        FrameDocument = mime.HtmlBody is { } html ? $"<!doctype html>{FramePolicy}{html}" : null;
        Attachments = [.. mime.Attachments.Select(MessageAttachment.Of)];
    }
}
