using System.Text;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Transports;

/// <summary>Finished messages to send.</summary>
internal static class Mails
{
    public static OutgoingMail To(params string[] recipients) => new(Lab.From, recipients, Bytes("the-content-of-the-message\r\n"), () => true);

    public static OutgoingMail Saying(string body) => To("anna@contoso.com") with { Content = Bytes(body) };

    /// <summary>Headers and this body.</summary>
    public static byte[] Bytes(string body) => Encoding.UTF8.GetBytes(
        $"Auto-Submitted: auto-generated\r\nFrom: {Lab.From}\r\nTo: anna@contoso.com\r\nSubject: Hello\r\nMessage-ID: <1.abc@contoso.com>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}");
}
