using MimeKit;

namespace Signify.Notifications.Settings;

/// <summary>One e-mail address, as a person types it: no name, no brackets, no list.</summary>
public static class PlainAddress
{
    private const int Limit = 320;

    public static bool IsOne(string text) =>
        text.Length is > 2 and <= Limit
        && text.IndexOf('@', StringComparison.Ordinal) > 0
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && MailboxAddress.TryParse(text, out var mailbox)
        && mailbox.Address == text;
}
