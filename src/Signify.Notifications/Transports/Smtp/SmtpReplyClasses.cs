using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>A reply that the table does not name: its class and the stage still tell what kind of thing it is, and whose fault.</summary>
internal static class SmtpReplyClasses
{
    public static Refusal Judge(SmtpSituation at) => new(Whose(at.Reply, at), Means(at.Reply, at));

    private static Fault Whose(SmtpReply reply, SmtpSituation at) => (reply.Code, at.Stage) switch
    {
        (432 or 421, _) => Fault.Throttled,
        // A grey list answers a recipient so, and says nothing of the pace.
        ( >= 400 and < 500, SmtpStage.Recipient) => Fault.Passing,
        (451, SmtpStage.Sender or SmtpStage.Content) when Policy(reply, '4') => Fault.Throttled,
        // The two sides no longer agree on where they are.
        (503, not SmtpStage.SignIn) => Fault.Unreachable,
        ( >= 400 and < 500, SmtpStage.Sender or SmtpStage.Content) => Fault.Passing,
        ( >= 400 and < 500, _) => Fault.Unreachable,
        (552, SmtpStage.Sender) => Fault.OfMessage,
        ( >= 500, SmtpStage.SignIn or SmtpStage.Sender) => Fault.Configuration,
        ( >= 500, SmtpStage.Recipient) => Fault.OfMessage,
        // Exchange speaks of the sender here, unless it names a recipient; other makers' servers speak of the content.
        ( >= 500, SmtpStage.Content) when Policy(reply, '5') && at.Endpoint.Field == SettingsField.Cloud && !NamesRecipient(reply, at) => Fault.Configuration,
        ( >= 500, SmtpStage.Content) => Fault.OfMessage,
        _ => Fault.Unreachable,
    };

    private static Finding Means(SmtpReply reply, SmtpSituation at) => (reply.Code, at.Stage) switch
    {
        (432, _) => new(FindingCode.TooManyConnections,
            "The mailbox has as many connections as the server allows.", "Find the other program that sends from this mailbox, or check again when it has finished.")
        { Field = SettingsField.FromEmail },
        ( >= 400 and < 500, _) => new(FindingCode.ServerBusy,
            "The mail server cannot answer at the moment.", "Check again in a few minutes. If it lasts, look at the service health in the Microsoft 365 admin center."),
        (504, SmtpStage.SignIn) when at.Endpoint.Field != SettingsField.Cloud => SmtpFindings.SignInNotOffered(at.Endpoint),
        ( >= 500, SmtpStage.SignIn) when at.Endpoint.Field == SettingsField.ServerName => new(FindingCode.BasicCredentialsWrong,
            "The server refused the user name and password.", "Enter both again. Some servers want an app password.")
        { Field = SettingsField.Password },
        ( >= 500, SmtpStage.SignIn) when at.Endpoint.Field == SettingsField.UseOwnSmtpDetails => new(FindingCode.BasicCredentialsWrong,
            "The shared relay refused its user name and password.", "Ask the operator to correct SharedRelay, or turn Use Own SMTP Details on.")
        { Field = SettingsField.UseOwnSmtpDetails },
        // Exchange never says this; the others say it as RFC 4954 has it, and mean the token or the user.
        (535, SmtpStage.SignIn) when reply.Enhanced == "5.7.8" => new(FindingCode.SignInRefused,
            $"{at.Endpoint} does not accept the token for this mailbox.",
            "Check that From Email is the user for whom the token is made, and that the server trusts this token service and its audience. The server's log says which of these it is.")
        { Field = SettingsField.FromEmail },
        ( >= 500, SmtpStage.SignIn) => new(FindingCode.SignInRefused,
            "The server refused the sign-in for a reason that this program does not know.", "Read the server's words below. Use Copy for support if they do not help.")
        { Field = SettingsField.FromEmail },
        (552, SmtpStage.Sender) => SmtpFindings.TooLarge(),
        ( >= 500, SmtpStage.Sender) => new(FindingCode.SenderRefused,
            "The server does not take mail from this address.", "Check From Email, and whether this server is allowed to send for it.")
        { Field = SettingsField.FromEmail },
        ( >= 500, SmtpStage.Recipient) => new(FindingCode.RecipientRejected, "The server does not take mail for this recipient.", "Check the recipient's address."),
        ( >= 500, SmtpStage.Content) => new(FindingCode.MessageRefused, "The server refused the message.", "Read the server's words below."),
        ( >= 500, _) => new(FindingCode.ServerBusy,
            "The mail server turned the connection away.", "Read the server's words below. Check that this server's public address may connect to it."),
        _ => SmtpFindings.NotMailServer(at.Endpoint),
    };

    private static bool Policy(SmtpReply reply, char first) => reply.Enhanced.StartsWith($"{first}.7.", StringComparison.Ordinal);

    private static bool NamesRecipient(SmtpReply reply, SmtpSituation at) =>
        at.Recipients.Any(recipient => reply.Text.Contains(recipient, StringComparison.OrdinalIgnoreCase));
}
