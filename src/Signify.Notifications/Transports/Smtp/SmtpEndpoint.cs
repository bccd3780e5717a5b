using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>Where to connect, and how much encryption to insist on.</summary>
/// <param name="Field">The settings field to mark when the host is at fault.</param>
public sealed record SmtpEndpoint(string Host, int Port, SmtpEncryption Encryption, string Field)
{
    /// <summary>An administrator of the ruleset chose the host. All others come from the operator's configuration, or are Microsoft's.</summary>
    public bool IsChosenByRuleset => Field == SettingsField.ServerName;

    /// <summary>The name that this server gives in EHLO; null for its host name.</summary>
    public string? EhloName { get; init; }

    public override string ToString() => $"{Host}:{Port}";
}

public enum SmtpEncryption
{
    /// <summary>STARTTLS with a good certificate, or nothing: what a token and a password need.</summary>
    Required,

    /// <summary>TLS from the first byte, with a good certificate.</summary>
    Implicit,

    /// <summary>STARTTLS where offered, whatever the certificate: better than clear text, which the administrator allows here.</summary>
    WhereOffered,

    None,
}
