using MimeKit;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>The rules for what a message says and when it goes.</summary>
internal sealed class ContentRules(HandInOptions limits)
{
    private const int NameLimit = 255;
    private const int MailingNameLimit = 200;

    public void Check(HandInErrors errors, string? subject, string? text, string? html)
    {
        errors.AddIf(string.IsNullOrWhiteSpace(subject), "subject", "The subject is missing.");
        errors.AddIf(subject?.Length > limits.SubjectCharacters, "subject", $"The subject has at most {limits.SubjectCharacters} characters.");
        errors.AddIf(subject is not null && !PlainText.IsOneLine(subject), "subject", "The subject holds no line break and no other control character.");
        errors.AddIf(string.IsNullOrEmpty(text) && string.IsNullOrEmpty(html), "text", "There is nothing to say: give text, html, or both.");
        CheckBody(errors, "text", text);
        CheckBody(errors, "html", html);
    }

    /// <summary>Of a mailing, for the people who watch it.</summary>
    public static void CheckName(HandInErrors errors, string? name)
    {
        errors.AddIf(string.IsNullOrWhiteSpace(name), "name", "The mailing's name is missing.");
        errors.AddIf(name?.Length > MailingNameLimit, "name", $"A mailing's name has at most {MailingNameLimit} characters.");
        errors.AddIf(name is not null && !PlainText.IsOneLine(name), "name", "A mailing's name holds no line break and no other control character.");
    }

    public static void CheckTimes(HandInErrors errors, DateTimeOffset? notBefore, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        errors.AddIf(expiresAt <= now, "expiresAt", "This is past: it would expire before it is sent.");
        errors.AddIf(expiresAt <= notBefore, "expiresAt", "This is not after notBefore: it would expire before it is sent.");
    }

    public void Check(HandInErrors errors, IReadOnlyList<NewAttachment> attachments)
    {
        errors.AddIf(attachments.Count > limits.Attachments, "attachments", $"At most {limits.Attachments} attachments go with a message.");
        errors.AddIf(
            attachments.Sum(a => (long)a.Content.Length) > limits.AttachmentBytes,
            "attachments",
            $"All attachments together have at most {limits.AttachmentBytes} bytes.");
        for (var i = 0; i < attachments.Count; i++)
        {
            CheckFileName(errors, $"attachments[{i}].name", attachments[i].Name);
            CheckType(errors, $"attachments[{i}].contentType", attachments[i].ContentType);
        }
    }

    public static string TypeOf(NewAttachment attachment) => attachment.ContentType ?? MimeTypes.GetMimeType(attachment.Name!);

    private void CheckBody(HandInErrors errors, string field, string? body)
    {
        errors.AddIf(body is not null && !body.FitsIn(limits.BodyBytes), field, $"This has at most {limits.BodyBytes} bytes as UTF-8.");
        errors.AddIf(body is not null && (body.Contains('\0', StringComparison.Ordinal) || !PlainText.IsWhole(body)), field, "This holds a NUL or half a character.");
    }

    private static void CheckFileName(HandInErrors errors, string field, string? name)
    {
        errors.AddIf(string.IsNullOrWhiteSpace(name), field, "The file's name is missing.");
        errors.AddIf(name?.Length > NameLimit, field, $"A file's name has at most {NameLimit} characters.");
        errors.AddIf(name is not null && !PlainText.IsOneLine(name), field, "A file's name holds no line break and no other control character.");
        errors.AddIf(name?.AsSpan().IndexOfAny('/', '\\') >= 0, field, "This is the file's name alone, without a path.");
    }

    private static void CheckType(HandInErrors errors, string field, string? type)
    {
        if (type is null)
        {
            return;
        }

        // MimeKit makes headers of it: what it cannot read, and what holds other messages, is refused here.
        var readable = type.Length <= NameLimit && type.All(c => c is >= ' ' and < '\x7f') && ContentType.TryParse(type, out _) && type.Contains('/', StringComparison.Ordinal);
        errors.AddIf(!readable, field, "This is a content type such as application/pdf.");
        errors.AddIf(
            type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("message/", StringComparison.OrdinalIgnoreCase),
            field,
            "An attachment is a single file: multipart and message types are not taken. Use application/octet-stream.");
    }
}
