using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Doors;

/// <summary>The doors with a fault, one for everything that can be wrong on the way to a mail server.</summary>
public static class SmtpDoors
{
    public static IReadOnlyList<SmtpDoor> All { get; } =
    [
        new("certificate-untrusted") { Certificate = DoorCertificate.Untrusted },
        new("certificate-expired") { Certificate = DoorCertificate.Expired },
        new("certificate-wrong-name") { Certificate = DoorCertificate.WrongName },
        new("tls-version-refused") { RefusesTls = true },
        new("starttls-stripped") { OffersStartTls = false },
        new("tokens-not-offered") { OffersTokens = false },
        Struck("server-silent", SmtpStage.Connect, SmtpFault.Silence),
        // A moment later: cut at once, it may not even come about.
        Struck("connection-cut", SmtpStage.Connect, SmtpFault.Reset with { Delay = TimeSpan.FromMilliseconds(200) }),
        Struck("connection-cut-at-tls", SmtpStage.StartTls, SmtpFault.Reset),
        Struck("connection-cut-at-sign-in", SmtpStage.Auth, SmtpFault.Reset),
        Struck("not-a-mail-server", SmtpStage.Connect, SmtpFault.Answer("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n")),
        Struck("server-unavailable", SmtpStage.Connect, SmtpFault.Answer("421 4.3.2 Service not available")),
        Struck("address-turned-away", SmtpStage.Connect, SmtpFault.Answer("554 5.7.1 Service unavailable; your address is on a block list")),
        Struck("tls-too-old", SmtpStage.StartTls, SmtpFault.Answer(
            "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls")),
        Struck("proxy-in-between", SmtpStage.Ehlo, SmtpFault.Answer("500 5.3.3 Unrecognized command")),
    ];

    private static SmtpDoor Struck(string id, SmtpStage stage, SmtpFault fault) =>
        new(id) { Faults = new Dictionary<SmtpStage, SmtpFault> { [stage] = fault } };
}
