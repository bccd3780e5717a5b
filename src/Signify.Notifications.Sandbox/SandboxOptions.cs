namespace Signify.Notifications.Sandbox;

/// <summary>Section "Sandbox" of the configuration. A port of 0 means any free one.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    public bool Enabled { get; set; }

    /// <summary>Entra and Graph answer here.</summary>
    public int HttpsPort { get; set; } = 8443;

    public int SmtpPort { get; set; } = 2587;

    /// <summary>The same mail server behind a certificate that no one signed.</summary>
    public int UntrustedSmtpPort { get; set; } = 2588;

    /// <summary>The first of the ports with a fault of their own, see <see cref="Doors.SmtpDoors"/>; the others follow it.</summary>
    public int FirstDoorPort { get; set; } = 2590;

    /// <summary>Held but never listening: as port 587 behind a firewall that refuses.</summary>
    public int BlockedSmtpPort { get; set; } = 2589;

    /// <summary>Where the root certificate is kept, so that a restart does not break stored trust.</summary>
    public string DataDirectory { get; set; } = Path.Combine("data", "sandbox");

    /// <summary>3 connections, 30 messages a minute, 10,000 recipients in 24 hours, for each mailbox. At the start: its page switches them.</summary>
    public bool EnforceLimits { get; set; } = true;

    /// <summary>What becomes of the 31st message in a minute.</summary>
    public TooFast TooFast { get; set; } = TooFast.Delay;

    /// <summary>A connection that says nothing for so long is closed.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Set by the program that hosts the sandbox; Production is refused.</summary>
    public string? EnvironmentName { get; set; }
}
