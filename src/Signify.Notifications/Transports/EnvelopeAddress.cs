using MimeKit;

namespace Signify.Notifications.Transports;

/// <summary>Addresses of the envelope: a domain beyond ASCII has a form in ASCII, the part before the @ has none and asks for SMTPUTF8.</summary>
internal static class EnvelopeAddress
{
    /// <returns>Null when it is no bare address. Its domain is in letters: MimeKit decodes it.</returns>
    public static MailboxAddress? TryRead(string address) =>
        MailboxAddress.TryParse(address, out var read) && read.Address.AsSpan().IndexOfAny('\r', '\n') < 0 ? read : null;

    /// <summary>With the domain in ASCII.</summary>
    public static string ForWire(this MailboxAddress address) => address.GetAddress(idnEncode: true);

    /// <summary>Only a server with SMTPUTF8 takes it.</summary>
    public static bool NeedsUtf8(this MailboxAddress address) => !System.Text.Ascii.IsValid(address.ForWire());
}
