using MimeKit;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending.Mime;

/// <summary>The further recipients of a notification.</summary>
public static class CcList
{
    /// <summary>The bare addresses of the envelope: To and those of the list, each once.</summary>
    public static IReadOnlyList<string> Recipients(string to, string? cc) =>
        cc is null ? [to] : [.. Read(cc).Select(mailbox => mailbox.ForWire()).Prepend(to).Distinct(StringComparer.OrdinalIgnoreCase)];

    internal static IEnumerable<MailboxAddress> Read(string? list) =>
        list is not null && InternetAddressList.TryParse(list, out var addresses) ? addresses.Mailboxes : [];
}
