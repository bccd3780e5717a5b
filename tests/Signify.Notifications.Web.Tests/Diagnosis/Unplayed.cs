namespace Signify.Notifications.Web.Tests.Diagnosis;

/// <summary>The causes that the sandbox, a pretend Microsoft 365, does not play, by the reason. A new cause belongs here or in a scenario.</summary>
internal static class Unplayed
{
    /// <summary>Of a server of one's own: SmtpDialogueTests and the Interop tests, against servers that others wrote.</summary>
    private static readonly string[] OwnServer =
    [
        "basic-auth-ending", "connection-failed-host", "connection-refused-host", "connection-silent-host", "greeting-missing-host",
        "key-ring-lost-password", "message-eight-bit", "name-not-found-host", "not-encrypted", "password-is-mask", "password-missing",
        "password-refused", "recipient-not-ascii", "relay-password-refused", "sender-not-an-address", "server-name-foreign-host",
        "server-name-invalid", "server-name-required-host", "shared-relay-gone", "shared-relay-missing", "sign-in-not-offered",
        "starttls-missing-host", "stored-password-unused", "tls-untrusted-host", "user-name-missing",
    ];

    /// <summary>Said only where Microsoft's own clouds are meant, or another server's banner: RankerTests, FieldRulesTests.</summary>
    private static readonly string[] RealClouds =
    [
        "from-default-domain", "port-not-offered", "port-unusual", "server-name-foreign-label", "starttls-stripped", "tls-intercepted", "xoauth2-banner-foreign",
    ];

    /// <summary>
    /// Said of a notification while mailings are sent: MailboxPumpTests, AdversityTests, StandbySecretTests, UnusableSettingsTests.
    /// </summary>
    private static readonly string[] WhileSending =
    [
        "daily-limit-reached", "entra-late-sending", "mailing-deleted", "route-fault", "server-late-sending", "settings-unusable",
        "text-not-made",
    ];

    /// <summary>Of a proxy, which the sandbox has none of, and of messages over 2 MB: ProxyRefusalTests, GraphAnswerTests.</summary>
    private static readonly string[] OnTheNetworkPath = ["graph-message-dropped", "proxy-refused", "proxy-sign-in"];

    /// <summary>Of two rulesets: SharedMailboxTests.</summary>
    private static readonly string[] OtherRuleset = ["mailbox-shared"];

    /// <summary>About where a Server Name leads: RelayAddressTests.</summary>
    private static readonly string[] RelayAddresses = ["relay-address-private", "relay-address-reserved"];

    /// <summary>About the address of a test message: TestMessageTests.</summary>
    private static readonly string[] Typed =
    [
        "recipient-not-an-address", "test-recipient-invalid",
    ];

    /// <summary>About certificates, standby secrets and the host's identity, which ready-made values do not carry: the Credentials tests.</summary>
    private static readonly string[] Credentials =
    [
        "cert-ended", "cert-ends-soon", "cert-key-busy", "cert-key-traditional", "cert-old-encryption", "cert-too-complex", "cert-key-cut-off", "cert-key-missing", "cert-key-not-rsa", "cert-key-rounds",
        "cert-key-too-long", "cert-key-too-short", "cert-missing", "cert-not-yet-valid", "cert-password-missing", "cert-password-wrong", "cert-refused", "cert-too-large",
        "cert-unreadable-file", "cert-unreadable-text", "credential-unknown", "federation-missing", "key-ring-lost-cert", "key-ring-lost-secret",
        "key-ring-lost-standby", "secret-expiry-invalid", "secret-expiry-past", "secret-expiry-unknown", "secret-missing", "standby-expired",
        "standby-expiry-past", "standby-expiry-unknown", "standby-is-mask", "standby-the-same", "standby-wrong", "stored-cert-unreadable",
        "stored-standby-unused",
        "workload-not-given", "workload-not-offered", "workload-of-other-app",
    ];

    /// <summary>Between two ends that work, or only where another cause is not likelier: UnseenAnswersTests, RankerTests, the tests of both transports.</summary>
    private static readonly string[] BrokenRoads =
    [
        "connection-failed-cloud", "connection-refused-cloud", "connection-silent-cloud", "entra-connection-broken", "entra-request-unmade",
        "entra-silent", "entra-tls-failed", "graph-access-denied", "graph-connection-broken", "graph-connection-failed", "graph-in-doubt",
        "graph-name-not-found", "graph-silent", "graph-tls-failed", "greeting-missing-cloud", "in-doubt", "in-doubt-late", "link-lost-at-recipient",
        "port-blocked-broken", "port-blocked-silent", "tls-failed", "tls-revocation-unknown", "tls-revoked",
    ];

    public static IEnumerable<string> Causes =>
    [
        .. OwnServer, .. RealClouds, .. WhileSending, .. OtherRuleset, .. RelayAddresses, .. OnTheNetworkPath, .. Typed, .. Credentials, .. BrokenRoads,
    ];
}
