using MimeKit;

namespace Signify.Notifications.Sandbox.Mail;

internal static class MessageHeaders
{
    /// <summary>The headers, decoded; none when the bytes are no message.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(ReadOnlyMemory<byte> source)
    {
        try
        {
            using var stream = new MemoryStream(source.ToArray(), false);
            return [.. HeaderList.Load(stream).Select(header => KeyValuePair.Create(header.Field, header.Value))];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name) =>
        headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The addresses of the From header; null when it has none or cannot be read.</summary>
    public static IReadOnlyList<string>? FromAddresses(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        Find(headers, "From") is { } from && InternetAddressList.TryParse(from, out var list) && list.Mailboxes.Any()
            ? [.. list.Mailboxes.Select(mailbox => mailbox.Address)]
            : null;
}
