using MimeKit;

namespace Signify.Notifications.Settings;

/// <summary>One e-mail address, as a person types it: no name, no brackets, no list, and a dot in the domain.</summary>
public static class PlainAddress
{
    private const int Limit = 320;

    public static bool IsOne(string text) =>
        text.Length is > 2 and <= Limit
        && text.LastIndexOf('@') is var at and > 0
        && text.IndexOf('.', at) > at + 1
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && MailboxAddress.TryParse(text, out var mailbox)
        && mailbox.Address == text;
}
