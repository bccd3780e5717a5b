using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>Section <c>Smtp</c> of the configuration: how this server introduces itself to mail servers.</summary>
public sealed class SmtpOptions
{
    /// <summary>The name in EHLO (RFC 5321, section 4.1.1.1); null takes the machine's host name, or localhost where that is none.</summary>
    [RegularExpression(@"^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
        ErrorMessage = "Smtp:EhloName must be a host name such as mail.contoso.com.")]
    public string? EhloName { get; set; }
}
