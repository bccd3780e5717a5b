namespace Signify.Notifications.Sandbox.Doors;

public enum DoorCertificate
{
    /// <summary>Of the sandbox's root, for the loopback names.</summary>
    Trusted,

    /// <summary>Signed by nobody, as of a firewall that looks into TLS.</summary>
    Untrusted,
    Expired,

    /// <summary>Of the root, for another host.</summary>
    WrongName,
}
