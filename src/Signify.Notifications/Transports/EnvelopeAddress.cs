using MimeKit;

namespace Signify.Notifications.Transports;

/// <summary>An address as the envelope has it: the domain in ASCII, so that only letters before the @ ask for SMTPUTF8.</summary>
internal static class EnvelopeAddress
{
    /// <returns>Null when it is no bare address.</returns>
    public static MailboxAddress? TryRead(string address)
    {
        if (!MailboxAddress.TryParse(address, out var read) || read.Address.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            return null;
        }

        return System.Text.Ascii.IsValid(read.Address) ? read : new MailboxAddress(null, MailboxAddress.EncodeAddrspec(read.Address));
    }
}
