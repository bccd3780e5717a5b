using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What can be wrong on the road to a server, before it says anything of the sender.</content>
public static partial class Causes
{
    public static readonly Cause NameNotFoundHost = new("name-not-found-host", FindingCode.NameNotFound) { Field = SettingsField.ServerName };

    public static readonly Cause NameNotFoundCloud = new("name-not-found-cloud", FindingCode.NameNotFound) { Field = SettingsField.Cloud };

    public static readonly Cause RelayAddressPrivate = new("relay-address-private", FindingCode.RelayNotAllowed)
    {
        Field = SettingsField.ServerName,
    };

    public static readonly Cause RelayAddressReserved = new("relay-address-reserved", FindingCode.RelayNotAllowed)
    {
        Field = SettingsField.ServerName,
    };

    public static readonly Cause ConnectionRefusedHost = new("connection-refused-host", FindingCode.ConnectionRefused) { Field = SettingsField.Port };

    public static readonly Cause ConnectionRefusedCloud = new("connection-refused-cloud", FindingCode.ConnectionRefused)
    {
        Field = SettingsField.Port,
    };

    public static readonly Cause ConnectionSilentHost = new("connection-silent-host", FindingCode.ConnectionTimedOut) { Field = SettingsField.Port };

    public static readonly Cause ConnectionSilentCloud = new("connection-silent-cloud", FindingCode.ConnectionTimedOut)
    {
        Field = SettingsField.Port,
    };

    public static readonly Cause ConnectionFailedHost = new("connection-failed-host", FindingCode.ConnectionFailed) { Field = SettingsField.Port };

    public static readonly Cause ConnectionFailedCloud = new("connection-failed-cloud", FindingCode.ConnectionFailed) { Field = SettingsField.Port };

    public static readonly Cause PortBlockedRefused = new("port-blocked-refused", FindingCode.ConnectionRefused)
    {
        Field = SettingsField.Port,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause PortBlockedSilent = new("port-blocked-silent", FindingCode.ConnectionTimedOut)
    {
        Field = SettingsField.Port,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause PortBlockedBroken = new("port-blocked-broken", FindingCode.ConnectionFailed)
    {
        Field = SettingsField.Port,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause GreetingMissingHost = new("greeting-missing-host", FindingCode.ConnectionTimedOut) { Field = SettingsField.Port };

    public static readonly Cause GreetingMissingCloud = new("greeting-missing-cloud", FindingCode.ConnectionTimedOut) { Field = SettingsField.Port };

    public static readonly Cause ServerLate = new("server-late", FindingCode.ConnectionTimedOut) { Field = SettingsField.Port };

    public static readonly Cause ServerLateSending = new("server-late-sending", FindingCode.ConnectionTimedOut) { Field = SettingsField.Port };

    public static readonly Cause StarttlsMissingHost = new("starttls-missing-host", FindingCode.StarttlsMissing) { Field = SettingsField.ServerName };

    public static readonly Cause StarttlsMissingCloud = new("starttls-missing-cloud", FindingCode.StarttlsMissing) { Field = SettingsField.Cloud };

    public static readonly Cause StarttlsStripped = new("starttls-stripped", FindingCode.StarttlsMissing)
    {
        Field = SettingsField.Cloud,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause TlsTooOld = new("tls-too-old", FindingCode.TlsTooOld) { Field = SettingsField.Cloud };

    public static readonly Cause TlsRefusedAsOld = new("tls-refused-as-old", FindingCode.TlsTooOld) { Field = SettingsField.Cloud };

    public static readonly Cause TlsFailed = new("tls-failed", FindingCode.TlsFailed) { Field = SettingsField.Port };

    public static readonly Cause TlsRevoked = new("tls-revoked", FindingCode.TlsRevoked);

    public static readonly Cause TlsExpired = new("tls-expired", FindingCode.TlsExpired);

    public static readonly Cause TlsWrongName = new("tls-wrong-name", FindingCode.TlsWrongName);

    public static readonly Cause TlsRevocationUnknown = new("tls-revocation-unknown", FindingCode.TlsRevocationUnknown);

    public static readonly Cause TlsUntrustedHost = new("tls-untrusted-host", FindingCode.TlsUntrusted);

    public static readonly Cause TlsUntrustedCloud = new("tls-untrusted-cloud", FindingCode.TlsUntrusted) { Field = SettingsField.Cloud };

    public static readonly Cause TlsIntercepted = new("tls-intercepted", FindingCode.TlsUntrusted)
    {
        Field = SettingsField.Cloud,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause NotMailServer = new("not-mail-server", FindingCode.NotMailServer) { Field = SettingsField.Port };

    public static readonly Cause CommandNotKnown = new("command-not-known", FindingCode.NotMailServer) { Field = SettingsField.Port };

    public static readonly Cause OwnNameRefused = new("own-name-refused", FindingCode.OwnNameRefused);

    public static readonly Cause Xoauth2NotOffered = new("xoauth2-not-offered", FindingCode.Xoauth2NotOffered) { Field = SettingsField.Cloud };

    public static readonly Cause Xoauth2BannerForeign = new("xoauth2-banner-foreign", FindingCode.Xoauth2NotOffered)
    {
        Field = SettingsField.Cloud,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause SignInNotOffered = new("sign-in-not-offered", FindingCode.SignInNotOffered)
    {
        Field = SettingsField.CredentialsRequired,
    };

    public static readonly Cause NotEncrypted = new("not-encrypted", FindingCode.NotEncrypted) { Severity = FindingSeverity.Warning };

    public static readonly Cause LinkLostEncrypting = new("link-lost-encrypting", FindingCode.LinkLost);

    public static readonly Cause LinkLostSigningIn = new("link-lost-signing-in", FindingCode.LinkLost);

    public static readonly Cause LinkLostAtSender = new("link-lost-at-sender", FindingCode.LinkLost);

    public static readonly Cause LinkLostAtRecipient = new("link-lost-at-recipient", FindingCode.LinkLost);

    public static readonly Cause LinkLostAtContent = new("link-lost-at-content", FindingCode.LinkLost);

    public static readonly Cause LinkEndedByServer = new("link-ended-by-server", FindingCode.LinkLost);

    public static readonly Cause InDoubt = new("in-doubt", FindingCode.LinkLost);

    public static readonly Cause InDoubtLate = new("in-doubt-late", FindingCode.LinkLost);

    public static readonly Cause RouteFault = new("route-fault", FindingCode.ConnectionFailed);

    public static readonly Cause ServerTurnedAway = new("server-turned-away", FindingCode.ServerBusy);

    public static readonly Cause ServerBusy = new("server-busy", FindingCode.ServerBusy);

    public static readonly Cause ServerDraining = new("server-draining", FindingCode.ServerBusy);

    public static readonly Cause BackEndAway = new("back-end-away", FindingCode.ServerBusy);

    public static readonly Cause TrafficSuspected = new("traffic-suspected", FindingCode.ServerBusy);
}
