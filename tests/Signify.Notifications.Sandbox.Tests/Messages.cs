using MimeKit;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests;

internal static class Messages
{
    public static MimeMessage New(string subject, string from = ReadyMadeTenants.Sender) => new(
        [MailboxAddress.Parse(from)], [MailboxAddress.Parse("anna@example.com")], subject, new TextPart("plain") { Text = "Hello.\r\n.\r\n..dots\r\n" });
}
