using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Finished commands for Exchange Online PowerShell. Every value is quoted so that it stays text, whatever it holds.</summary>
internal static class ExchangeCommands
{
    /// <param name="objectId">The token's <c>oid</c>: the enterprise application's object ID, not the app registration's.</param>
    public static string LetAppIn(NotificationSettings s, string? objectId)
    {
        var id = objectId ?? "<Object ID of the enterprise application>";
        return string.Join('\n',
            "Connect-ExchangeOnline",
            $"New-ServicePrincipal -AppId {Quote(s.ClientId ?? "")} -ObjectId {Quote(id)} -DisplayName 'Signify Notifications'",
            $"Add-MailboxPermission -Identity {Quote(s.FromEmail)} -User {Quote(id)} -AccessRights FullAccess");
    }

    public static string EnableSmtpAuth(string mailbox) => string.Join('\n',
        "Connect-ExchangeOnline",
        $"Set-CASMailbox -Identity {Quote(mailbox)} -SmtpClientAuthenticationDisabled $false");

    // PowerShell takes curly quotes for straight ones: each kind is doubled.
    internal static string Quote(string text) =>
        $"'{string.Concat(text.Where(c => !char.IsControl(c)).Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? new string(c, 2) : c.ToString()))}'";
}
