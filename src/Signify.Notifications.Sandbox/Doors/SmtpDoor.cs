using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Doors;

/// <summary>A port of the mail server with a fault of its own, as a network or another server would have it.</summary>
/// <param name="Id">Also the id of the scenario that goes through it.</param>
public sealed record SmtpDoor(string Id)
{
    public DoorCertificate Certificate { get; init; } = DoorCertificate.Trusted;

    /// <summary>Strike every connection that comes through.</summary>
    public IReadOnlyDictionary<SmtpStage, SmtpFault> Faults { get; init; } = new Dictionary<SmtpStage, SmtpFault>();

    public bool OffersStartTls { get; init; } = true;

    public bool OffersTokens { get; init; } = true;

    /// <summary>Answers the TLS hello with the alert that no version of TLS suits.</summary>
    public bool RefusesTls { get; init; }
}
