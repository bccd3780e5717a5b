using Signify.Notifications.Sandbox.Doors;

namespace Signify.Notifications.Sandbox.Exchange;

internal static class SmtpCapabilities
{
    public const int MaxBytes = 157_286_400;

    /// <summary>The answer to EHLO. AUTH takes the place of STARTTLS once the line is encrypted.</summary>
    public static string Answer(string clientAddress, bool encrypted, SmtpDoor door) =>
        $"250-{SmtpReplies.Host} Hello [{clientAddress}]\r\n"
        + $"250-SIZE {MaxBytes}\r\n"
        + "250-PIPELINING\r\n"
        + "250-DSN\r\n"
        + "250-ENHANCEDSTATUSCODES\r\n"
        + (encrypted ? $"250-AUTH LOGIN{(door.OffersTokens ? " XOAUTH2" : "")}\r\n" : door.OffersStartTls ? "250-STARTTLS\r\n" : "")
        + "250-8BITMIME\r\n"
        + "250-BINARYMIME\r\n"
        + "250-CHUNKING\r\n"
        + "250 SMTPUTF8";
}
