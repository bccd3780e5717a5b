using Signify.Notifications.Findings;

namespace Signify.Notifications.RepairKit;

/// <summary>The repair kit: every script, filled in with what the program knows.</summary>
public static class RepairScripts
{
    private const string Administrator = "An Exchange administrator.";
    private const string Organization = "An Exchange administrator who is in the role group Organization Management, as it hands out roles.";
    private const string SlowExchange = "A quarter of an hour to two hours: Exchange takes its time to notice.";
    private const string SlowRoles = "Half an hour to two hours. The look at it below does not wait for that.";

    public static IReadOnlyList<KitScript> All(RepairFacts facts) => [.. Enum.GetValues<RepairScript>().Select(script => Of(script, facts))];

    public static KitScript Of(RepairScript script, RepairFacts facts) => Plain(script) with { Connect = Connect(facts), Values = KitValue.Of(facts) };

    public static string Title(RepairScript script) => Plain(script).Title;

    public static string Connect(RepairFacts facts) => facts.Cloud.ExchangeEnvironment is { } environment
        ? $"Connect-ExchangeOnline -ExchangeEnvironmentName {environment}"
        : "Connect-ExchangeOnline";

    private static KitScript Plain(RepairScript script) => script switch
    {
        RepairScript.SmtpMailboxAccess => MailboxAccess,
        RepairScript.SmtpRoleAssignment => SmtpRole,
        RepairScript.SmtpAuthForMailbox => SmtpAuth,
        RepairScript.GraphOneMailbox => GraphRole,
        RepairScript.SendAs => SendAs,
        RepairScript.SentItemsCopyOff => CopyOff,
        _ => throw new ArgumentOutOfRangeException(nameof(script), script, "A script without its commands."),
    };

    private static KitScript MailboxAccess => new()
    {
        Script = RepairScript.SmtpMailboxAccess,
        Run = ExchangeText.MakeApp + "\n" + ExchangeText.MailboxAccess,
        Look = ExchangeText.LookAtAccess,
        Back = ExchangeText.TakeAccessBack,
        Title = "SMTP: let the app into the mailbox",
        For = "The usual way for SMTP. Entra is set up, and Exchange refuses the sign-in with 535 5.7.3.",
        Changes = "Exchange gets to know the app, and the app gets full access to this mailbox: it could read it as well. To send without that, take the next one.",
        RunBy = Administrator,
        Before = "In Entra the app needs SMTP.SendAsApp of Office 365 Exchange Online, an application permission, with admin consent.",
        Expect = "ObjectId is the one of the enterprise application, and the app stands in the list with FullAccess.",
        UndoTells = "Takes the access away, then the app itself out of Exchange. Each asks first.",
        WorksAfter = SlowExchange,
    };

    private static KitScript SmtpRole => new()
    {
        Script = RepairScript.SmtpRoleAssignment,
        Run = ExchangeText.MakeApp + "\n" + ExchangeText.SmtpRole + ExchangeText.ScopeName + ExchangeText.Assign,
        Look = ExchangeText.LookAtRoles,
        Back = ExchangeText.SmtpRole + ExchangeText.ScopeName + ExchangeText.TakeRoleBack,
        Title = "SMTP: the right to send and no more",
        For = "In place of the one before, where an app must not read mail.",
        Changes = "Exchange gets to know the app and lets it send over SMTP from this one mailbox, or from those of a group. Nothing is granted in Entra.",
        RunBy = Organization,
        Before = "Do not add SMTP.SendAsApp in Entra, and remove it where it is: with it Exchange asks for access to the mailbox as well. Should Exchange ask for Enable-OrganizationCustomization, run that once and begin again.",
        After = "The check then says \"not granted in Entra\" at Permissions. That is as it should be: the sign-in that passes is the proof.",
        Expect = "InScope is True for Application SMTP.SendAsApp.",
        UndoTells = "Takes the right away. Each command asks first.",
        WorksAfter = SlowRoles,
    };

    private static KitScript SmtpAuth => new()
    {
        Script = RepairScript.SmtpAuthForMailbox,
        Run = ExchangeText.SmtpAuthOn,
        Look = ExchangeText.LookAtSmtpAuth,
        Back = ExchangeText.SmtpAuthAsTenant,
        Title = "SMTP AUTH for this mailbox",
        For = "Exchange says 535 5.7.139, SmtpClientAuthentication is disabled, for the tenant or for the mailbox.",
        Changes = "This one mailbox may sign in over SMTP. It outranks the tenant's switch, which may stay off.",
        RunBy = Administrator,
        Before = "While security defaults are on in Entra, Microsoft says that SMTP AUTH is off as well. Then send over Graph, or replace security defaults with Conditional Access.",
        Expect = "The first answer is False. The second is the tenant's switch, and does not matter any more.",
        UndoTells = "The mailbox follows the tenant's switch again.",
        WorksAfter = "Minutes, sometimes up to two hours.",
    };

    private static KitScript GraphRole => new()
    {
        Script = RepairScript.GraphOneMailbox,
        Run = ExchangeText.MakeApp + "\n" + ExchangeText.GraphRole + ExchangeText.ScopeName + ExchangeText.Assign,
        Look = ExchangeText.LookAtRoles,
        Back = ExchangeText.GraphRole + ExchangeText.ScopeName + ExchangeText.TakeRoleBack,
        Title = "Graph: this mailbox in place of all",
        For = "Graph works, and the app shall send from this mailbox only. Mail.Send of Entra opens every mailbox of the tenant.",
        Changes = "Exchange gets to know the app and lets it send over Graph from this one mailbox, or from those of a group.",
        RunBy = Organization,
        Before = "Should Exchange ask for Enable-OrganizationCustomization, run that once and begin again.",
        After = "Then, in Entra under API permissions, take back the admin consent to Mail.Send of Microsoft Graph and remove the permission. What Entra grants and what Exchange grants add up: until then the wider one counts. " +
            "The token shows no Mail.Send any more, so send a test message afterwards: it is the proof that the check goes by.",
        Expect = "InScope is True for Application Mail.Send. For a mailbox that is not meant it is False.",
        UndoTells = "Takes the right away. First grant Mail.Send in Entra again, or nothing is sent.",
        WorksAfter = SlowRoles,
    };

    private static KitScript SendAs => new()
    {
        Script = RepairScript.SendAs,
        Run = ExchangeText.MakeApp + "\n" + ExchangeText.SendAs,
        Look = ExchangeText.LookAtSendAs,
        Back = ExchangeText.TakeSendAsBack,
        Title = "The right to send as this mailbox",
        For = "The server says SendAsDenied, or that the client has no permission to send as this sender.",
        Changes = "The app may put this mailbox's address into From.",
        RunBy = Administrator,
        Expect = "The app stands in the list with SendAs.",
        UndoTells = "Takes that right away. It asks first.",
        WorksAfter = SlowExchange,
    };

    private static KitScript CopyOff => new()
    {
        Script = RepairScript.SentItemsCopyOff,
        Run = ExchangeText.CopyOff,
        Look = ExchangeText.LookAtCopy,
        Back = ExchangeText.CopyOn,
        Title = "No copies in Sent Items",
        For = "The mailbox fills up with what the program sends over SMTP; a full mailbox cannot send.",
        Changes = "Exchange keeps no copy in Sent Items of what is sent over SMTP. The program's own Activity still lists each message.",
        RunBy = Administrator,
        Expect = "The answer is False.",
        UndoTells = "Copies are kept again.",
        WorksAfter = "For messages sent from now on, usually within the hour.",
    };
}
