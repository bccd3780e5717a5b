using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Transports;

/// <summary>Configuration section <c>SharedRelay</c>: the operator's relay for rulesets without their own details.</summary>
public sealed class SharedRelayOptions
{
    /// <summary>Empty: no shared relay is set up.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public RelaySecurity Security { get; set; } = RelaySecurity.WhereOffered;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    [EmailAddress]
    public string? From { get; set; }

    public bool IsSetUp => !string.IsNullOrWhiteSpace(Host) && !string.IsNullOrWhiteSpace(From);
}

public enum RelaySecurity
{
    /// <summary>STARTTLS when the server offers it. A password still never travels in clear.</summary>
    WhereOffered,

    /// <summary>STARTTLS or nothing.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    None,
}
