using System.Net.Sockets;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>What can be wrong on the road to a mail server, before it says anything of the sender.</summary>
internal static class SmtpFindings
{
    private const string UseGraph = " If it cannot, send over Microsoft Graph: it needs port 443 only.";

    public static Finding NameNotFound(SmtpEndpoint at) => new(FindingCode.NameNotFound,
        $"The name {at.Host} is not found.",
        at.Field == SettingsField.ServerName ? "Check the spelling of Server Name." : "Let this server ask a DNS server that knows Internet names.")
    { Field = at.Field };

    public static Finding NotConnected(SmtpEndpoint at, SocketError? error) => error switch
    {
        SocketError.ConnectionRefused => new Finding(FindingCode.ConnectionRefused,
            $"{at} refuses the connection.", Blocked(at))
        { Field = SettingsField.Port },
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => ConnectionTimedOut(at),
        _ => new Finding(FindingCode.ConnectionFailed,
            $"No connection to {at} comes about.", Blocked(at))
        { Field = SettingsField.Port },
    };

    public static Finding ConnectionTimedOut(SmtpEndpoint at) => new(FindingCode.ConnectionTimedOut,
        $"{at} does not answer.", Blocked(at))
    { Field = SettingsField.Port };

    public static Finding StartTlsMissing(SmtpEndpoint at) => new(FindingCode.StarttlsMissing,
        $"{at} does not offer encryption (STARTTLS), so nothing was signed in.",
        "A firewall that inspects mail removes the offer: ask the network team to exempt this host. For a server of your own, check the port and turn TLS on.")
    { Field = at.Field };

    public static Finding TlsTooOld(SmtpEndpoint at) => new(FindingCode.TlsTooOld,
        $"{at} and this machine have no version of TLS in common.",
        "The server must speak TLS 1.2 or newer. If a firewall inspects TLS traffic, ask the network team to exempt this host.")
    { Field = at.Field };

    public static Finding TlsFailed(SmtpEndpoint at) => new(FindingCode.TlsFailed,
        $"The encrypted connection to {at} did not come about.",
        "Check that the port is one for sending mail (587). If a firewall inspects TLS traffic, ask the network team to exempt this host.")
    { Field = SettingsField.Port };

    public static Finding NotMailServer(SmtpEndpoint at) => new(FindingCode.NotMailServer,
        $"What answers at {at} is not a mail server.", "Check Server Name and Port. Something in between, such as a proxy, may answer in its place.")
    { Field = SettingsField.Port };

    public static Finding XOAuth2NotOffered(SmtpEndpoint at) => new(FindingCode.Xoauth2NotOffered,
        $"{at} does not offer sign-in with a token (XOAUTH2).",
        "Exchange Online always does: something in between answers in its place, or the cloud's SmtpHost names another server.")
    { Field = SettingsField.Cloud };

    public static Finding SignInNotOffered(SmtpEndpoint at) => new(FindingCode.SignInNotOffered,
        $"{at} does not ask for a user name and password.", "Turn Credentials Required off if this relay needs none, or check the port.")
    { Field = SettingsField.CredentialsRequired };

    public static Finding NotEncrypted(SmtpEndpoint at) => new Finding(FindingCode.NotEncrypted,
        $"{at} offers no encryption: messages travel readable for everyone on the way.",
        "Turn TLS on at the relay, or keep the way to it inside a network you trust.")
    { Field = at.Field }.AsWarning();

    public static Finding TooLarge() => new(FindingCode.MessageTooLarge, "The message is larger than the server takes.", "Send a smaller message.");

    public static Finding EightBitRefused(SmtpEndpoint at) => new(FindingCode.MessageRefused,
        $"{at} takes 7-bit messages only, and this one holds 8-bit text.", "Send to a server with 8BITMIME.");

    public static Finding AddressNotAscii(SmtpEndpoint at) => new(FindingCode.RecipientRejected,
        $"The address has letters beyond ASCII before the @, and {at} does not take such addresses.", "Send to a server with SMTPUTF8, or to another address.");

    public static Finding NotAnAddress() => new(FindingCode.RecipientRejected, "The recipient's address is none.", "Correct the address.");

    public static Finding SenderNotAnAddress() => new(FindingCode.FromInvalid, "The From address is none.", "Correct From Email.") { Field = SettingsField.FromEmail };

    public static Finding Silent(SmtpSituation at) => at.Stage == SmtpStage.StartTls && at.Reply.Text.Length == 0
        ? new Finding(FindingCode.ConnectionTimedOut,
            $"{at.Endpoint} accepts the connection and says nothing for {at.Timeout.TotalSeconds:0} seconds.", Blocked(at.Endpoint))
        { Field = SettingsField.Port }
        : LinkLost(at);

    public static Finding LinkLost(SmtpSituation at) => new(FindingCode.LinkLost,
        $"The connection to {at.Endpoint} broke while {Doing(at.Stage)}.",
        "Check again. If it stays so, a firewall may cut the connection: ask the network team to look at this host and port.");

    private static string Blocked(SmtpEndpoint at) =>
        $"Ask the network team to let this server connect out to {at.Host} on port {at.Port}."
        + (at.Field == SettingsField.Cloud ? UseGraph : " Check Server Name and Port.");

    private static string Doing(SmtpStage stage) => stage switch
    {
        SmtpStage.Greeting or SmtpStage.StartTls => "encryption was being set up",
        SmtpStage.SignIn => "signing in",
        SmtpStage.Sender => "the sender was being named",
        SmtpStage.Recipient => "the recipient was being named",
        _ => "the message was being sent",
    };
}
