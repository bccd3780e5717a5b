using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The Exchange Online PowerShell of the guide. What only the reader knows stands in angle brackets.</summary>
public sealed record GuideCommands(string ClientId, string Mailbox)
{
    public static GuideCommands For(SettingsRevision? stored) => new(
        Plain(stored?.ClientId) ?? "<Application (client) ID>",
        stored?.SignIn == SignIn.Token ? Plain(stored.FromEmail) ?? NoMailbox : NoMailbox);

    private const string NoMailbox = "<From Email>";

    private const string ObjectId = "<Object ID of the enterprise application>";

    public string Connect => """
        Install-Module ExchangeOnlineManagement -Scope CurrentUser
        Connect-ExchangeOnline
        """;

    public string ServicePrincipal => $"""
        New-ServicePrincipal -AppId {ClientId} -ObjectId {ObjectId} -DisplayName "Signify notifications"
        Get-ServicePrincipal | Format-List AppId,ObjectId,Identity,DisplayName
        """;

    public string MailboxRights => $"""
        Add-MailboxPermission -Identity {Mailbox} -User <Identity> -AccessRights FullAccess
        Add-RecipientPermission -Identity {Mailbox} -Trustee <Identity> -AccessRights SendAs
        """;

    public string SmtpAuth => $"Set-CASMailbox {Mailbox} -SmtpClientAuthenticationDisabled $false";

    public string GraphScope => Scoped("Application Mail.Send");

    public string SmtpScope => Scoped("Application SMTP.SendAsApp");

    private string Scoped(string role) => $"""
        New-ServicePrincipal -AppId {ClientId} -ObjectId {ObjectId} -DisplayName "Signify notifications"
        New-ManagementScope -Name "Signify mailboxes" -RecipientRestrictionFilter "MemberOfGroup -eq '<DistinguishedName of the group>'"
        New-ManagementRoleAssignment -Name "Signify {role}" -Role "{role}" -App {ClientId} -CustomResourceScope "Signify mailboxes"
        Test-ServicePrincipalAuthorization -Identity {ClientId} -Resource {Mailbox}
        """;

    // Stored values pass the field rules, which allow characters in an address that a shell would read as its own.
    private static string? Plain(string? value) =>
        string.IsNullOrEmpty(value) || value.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('@' or '.' or '-' or '_' or '+')) ? null : value;
}
