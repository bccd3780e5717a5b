using System.Globalization;
using System.Net.Sockets;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>What can be wrong on the road to a mail server, before it says anything of the sender.</summary>
internal static class SmtpFindings
{
    public static Finding NameNotFound(SmtpEndpoint at) =>
        Tell(at.Field == SettingsField.ServerName ? Causes.NameNotFoundHost : Causes.NameNotFoundCloud, at) with { Field = at.Field };

    public static Finding PrivateAddress(SmtpEndpoint at) => Tell(Causes.RelayAddressPrivate, at);

    public static Finding ReservedAddress(SmtpEndpoint at) => Tell(Causes.RelayAddressReserved, at);

    public static Finding NotConnected(SmtpEndpoint at, SocketError? error) => error switch
    {
        SocketError.ConnectionRefused => Tell(OfCloud(at) ? Causes.ConnectionRefusedCloud : Causes.ConnectionRefusedHost, at),
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => ConnectionTimedOut(at),
        _ => Tell(OfCloud(at) ? Causes.ConnectionFailedCloud : Causes.ConnectionFailedHost, at),
    };

    public static Finding ConnectionTimedOut(SmtpEndpoint at) => Tell(OfCloud(at) ? Causes.ConnectionSilentCloud : Causes.ConnectionSilentHost, at);

    /// <summary>The connection is there, and no answer came within the Timeout of the settings.</summary>
    public static Finding Late(SmtpEndpoint at, TimeSpan timeout) => Causes.ServerLate.Told([.. Values(at), ("seconds", Seconds(timeout))]);

    /// <summary>The same while a test message was on its way.</summary>
    public static Finding LateSending(SmtpEndpoint at) => Tell(Causes.ServerLateSending, at);

    public static Finding StartTlsMissing(SmtpEndpoint at) =>
        Tell(OfCloud(at) ? Causes.StarttlsMissingCloud : Causes.StarttlsMissingHost, at) with { Field = at.Field };

    public static Finding TlsTooOld(SmtpEndpoint at) => Tell(Causes.TlsTooOld, at) with { Field = at.Field };

    public static Finding TlsFailed(SmtpEndpoint at) => Tell(Causes.TlsFailed, at);

    public static Finding NotMailServer(SmtpEndpoint at) => Tell(Causes.NotMailServer, at);

    public static Finding XOAuth2NotOffered(SmtpEndpoint at) => Tell(Causes.Xoauth2NotOffered, at);

    public static Finding SignInNotOffered(SmtpEndpoint at) => Tell(Causes.SignInNotOffered, at);

    public static Finding NotEncrypted(SmtpEndpoint at) => Tell(Causes.NotEncrypted, at) with { Field = at.Field };

    public static Finding TooLarge() => Causes.MessageTooLarge.Told();

    public static Finding EightBitRefused(SmtpEndpoint at) => Tell(Causes.MessageEightBit, at);

    public static Finding AddressNotAscii(SmtpEndpoint at) => Tell(Causes.RecipientNotAscii, at);

    public static Finding NotAnAddress() => Causes.RecipientNotAnAddress.Told();

    public static Finding SenderNotAnAddress() => Causes.SenderNotAnAddress.Told();

    public static Finding Silent(SmtpSituation at) => at.Stage == SmtpStage.StartTls && at.Reply.Text.Length == 0
        ? (OfCloud(at.Endpoint) ? Causes.GreetingMissingCloud : Causes.GreetingMissingHost).Told([.. Values(at.Endpoint), ("seconds", Seconds(at.Timeout))])
        : LinkLost(at);

    public static Finding LinkLost(SmtpSituation at) => Tell(at.Stage switch
    {
        SmtpStage.Greeting or SmtpStage.StartTls => Causes.LinkLostEncrypting,
        SmtpStage.SignIn => Causes.LinkLostSigningIn,
        SmtpStage.Sender => Causes.LinkLostAtSender,
        SmtpStage.Recipient => Causes.LinkLostAtRecipient,
        _ => Causes.LinkLostAtContent,
    }, at.Endpoint);

    public static Finding InDoubt(SmtpEndpoint at) => Tell(Causes.InDoubt, at);

    /// <summary>A test message whose answer did not come in time.</summary>
    public static Finding InDoubtLate() => Causes.InDoubtLate.Told();

    /// <summary>What the words on a server may want to name.</summary>
    public static (string Name, string Value)[] Values(SmtpEndpoint at) =>
        [("endpoint", at.ToString()), ("host", at.Host), ("port", at.Port.ToString(CultureInfo.InvariantCulture))];

    private static Finding Tell(Cause cause, SmtpEndpoint at) => cause.Told(Values(at));

    private static bool OfCloud(SmtpEndpoint at) => at.Field == SettingsField.Cloud;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
