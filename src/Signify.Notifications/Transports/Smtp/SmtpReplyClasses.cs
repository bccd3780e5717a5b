using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>A reply that the table does not name: its class and the stage still tell what kind of thing it is, and whose fault.</summary>
internal static class SmtpReplyClasses
{
    public static Refusal Judge(SmtpSituation at) => new(Whose(at), Means(at.Reply, at));

    public static Fault Whose(SmtpSituation at) => Whose(at.Reply, at);

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

    private static Finding Means(SmtpReply reply, SmtpSituation at)
    {
        if (reply.Code is < 400)
        {
            return SmtpFindings.NotMailServer(at.Endpoint);
        }

        var cause = Kind(reply, at);
        var values = SmtpFindings.Values(at.Endpoint);
        // Without an enhanced code there is nothing that could be known better.
        return reply.Enhanced.Length == 0 || Plain(cause) ? cause.Told(values) : cause.ToldByKind($"{reply.Code} {reply.Enhanced}", values);
    }

    private static Cause Kind(SmtpReply reply, SmtpSituation at) => (reply.Code, at.Stage) switch
    {
        (432, _) => Causes.ConnectionsUsedUp,
        ( >= 400 and < 500, _) => Causes.ServerBusy,
        (504, SmtpStage.SignIn) when at.Endpoint.Field != SettingsField.Cloud => Causes.SignInNotOffered,
        ( >= 500, SmtpStage.SignIn) when at.Endpoint.Field == SettingsField.ServerName => Causes.PasswordRefused,
        ( >= 500, SmtpStage.SignIn) when at.Endpoint.Field == SettingsField.UseOwnSmtpDetails => Causes.RelayPasswordRefused,
        // Exchange never says this; the others say it as RFC 4954 has it, and mean the token or the user.
        (535, SmtpStage.SignIn) when reply.Enhanced == "5.7.8" => Causes.TokenNotTrusted,
        ( >= 500, SmtpStage.SignIn) => Causes.SignInRefusedOtherwise,
        (552, SmtpStage.Sender) => Causes.MessageTooLarge,
        ( >= 500, SmtpStage.Sender) => Causes.SenderRefused,
        ( >= 500, SmtpStage.Recipient) => Causes.RecipientRefused,
        ( >= 500, SmtpStage.Content) => Causes.MessageRefused,
        _ => Causes.ServerTurnedAway,
    };

    // What RFC 4954 has every server say of a password or a token needs no apology.
    private static bool Plain(Cause cause) =>
        cause == Causes.TokenNotTrusted || cause == Causes.PasswordRefused || cause == Causes.RelayPasswordRefused || cause == Causes.SignInNotOffered;

    private static bool Policy(SmtpReply reply, char first) => reply.Enhanced.StartsWith($"{first}.7.", StringComparison.Ordinal);

    private static bool NamesRecipient(SmtpReply reply, SmtpSituation at) =>
        at.Recipients.Any(recipient => reply.Text.Contains(recipient, StringComparison.OrdinalIgnoreCase));
}
