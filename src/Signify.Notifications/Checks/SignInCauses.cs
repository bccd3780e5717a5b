using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.RepairKit;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks;

/// <summary>
/// Exchange says "535 5.7.3" to almost every refusal. What the tokens say around it tells the causes apart; most likely first.
/// Another server's refusal means what it says: it knows no service principals.
/// </summary>
internal static class SignInCauses
{
    private const string ExchangesOnlyAnswer = "5.7.3";

    /// <param name="reply">The server's words to the refused sign-in.</param>
    public static IReadOnlyList<Finding> For(Finding refused, SmtpReply reply, PermissionReading read, NotificationSettings s, Cloud cloud)
    {
        if (refused.Code is FindingCode.SmtpAuthDisabledMailbox or FindingCode.SmtpAuthDisabledTenant)
        {
            return [refused with { Commands = RepairScripts.Of(RepairScript.SmtpAuthForMailbox, RepairFacts.Of(s, cloud, read.Exchange?.ObjectId)).Commands, Repair = [RepairScript.SmtpAuthForMailbox] }];
        }

        if (refused.Code != FindingCode.SignInRefused)
        {
            return [refused];
        }

        var causes = OfExchange(refused, read, s, cloud);
        return cloud.BuiltIn || reply.Enhanced == ExchangesOnlyAnswer ? causes : [refused, .. read.Smtp ? [] : causes.Where(c => c.Code != refused.Code)];
    }

    private static IReadOnlyList<Finding> OfExchange(Finding refused, PermissionReading read, NotificationSettings s, Cloud cloud) => read switch
    {
        { Smtp: true } => [ServicePrincipalMissing(read, s, cloud), MailboxNotFound(s)],
        { WrongMailSend: true } => [PermissionWrong(s, cloud), GraphOnlyOrMissing(read, s, cloud)],
        // A token that cannot be read tells nothing of what is missing.
        { Exchange: null } => [refused],
        { GraphMail: true } => [GraphOnly(s), PermissionMissing(s, cloud)],
        _ => [NoPermission(s, cloud), PermissionMissing(s, cloud)],
    };

    private static Finding GraphOnlyOrMissing(PermissionReading read, NotificationSettings s, Cloud cloud) =>
        read.GraphMail ? GraphOnly(s) : PermissionMissing(s, cloud);

    private static Finding ServicePrincipalMissing(PermissionReading read, NotificationSettings s, Cloud cloud) => new(FindingCode.ServicePrincipalMissing,
        "Exchange does not know the app yet.",
        "Entra is set up right. What is missing is on the Exchange side: the app's service principal, or its right to this mailbox. Run these commands once in Exchange Online PowerShell, wait up to two hours, then check again. If a service principal was made with another Object ID, remove it first: it cannot be edited.")
    {
        Field = SettingsField.FromEmail,
        Commands = RepairScripts.Of(RepairScript.SmtpMailboxAccess, RepairFacts.Of(s, cloud, read.Exchange?.ObjectId)).Commands,
        Repair = [RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment],
    };

    private static Finding MailboxNotFound(NotificationSettings s) => new(FindingCode.MailboxNotFound,
        $"Or {s.FromEmail} is not the primary address of a mailbox of this tenant.",
        "Check in the Exchange admin center under Mailboxes that it is one: an alias, a group and a contact do not work.")
    { Field = SettingsField.FromEmail };

    private static Finding GraphOnly(NotificationSettings s) => new(FindingCode.GraphOnly,
        "The app is set up for Microsoft Graph, not for SMTP.",
        s.Route == RouteChoice.Smtp
            ? "It has Graph's Mail.Send, and no right to sign in over SMTP. Set Route to Automatic or Graph: then mail leaves over Graph, and nothing else is to be done."
            : "It has Graph's Mail.Send, and no right to sign in over SMTP. Nothing is to be done: mail leaves over Graph. For SMTP, follow the second half of the set-up guide.")
    { Field = SettingsField.Route };

    private static Finding PermissionMissing(NotificationSettings s, Cloud cloud) => new(FindingCode.ExchangePermissionMissing,
        "The app lacks the permission to send over SMTP.",
        "Under API permissions choose Add a permission, APIs my organization uses, Office 365 Exchange Online, Application permissions, SMTP.SendAsApp; then Grant admin consent. It is not in the list of Microsoft Graph.")
    { Field = SettingsField.ClientId, Link = Portal.AppPage(cloud, "CallAnAPI", s.ClientId) };

    private static Finding PermissionWrong(NotificationSettings s, Cloud cloud) => new(FindingCode.ExchangePermissionWrong,
        "The app has the wrong Mail.Send.",
        "It has the one of Office 365 Exchange Online, another permission than Graph's of the same name, and no help for SMTP. Under API permissions remove it, and add SMTP.SendAsApp of Office 365 Exchange Online for SMTP, or Mail.Send of Microsoft Graph for Graph; then Grant admin consent.")
    { Field = SettingsField.ClientId, Link = Portal.AppPage(cloud, "CallAnAPI", s.ClientId) };

    private static Finding NoPermission(NotificationSettings s, Cloud cloud) => new(FindingCode.NoPermission,
        "The app has no permission to send mail.",
        "Neither Graph's Mail.Send nor SMTP.SendAsApp is granted in Entra. Under API permissions add the application permission Mail.Send of Microsoft Graph, then choose Grant admin consent: without that click a permission has no effect. A delegated permission does not count. If you did both less than two hours ago, wait and check again.")
    { Field = SettingsField.ClientId, Link = Portal.AppPage(cloud, "CallAnAPI", s.ClientId) };
}
