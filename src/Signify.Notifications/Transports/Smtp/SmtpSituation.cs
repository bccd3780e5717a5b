using Signify.Notifications.Microsoft365;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>What is known when a stage fails.</summary>
/// <param name="Reply">The server's last words in this stage; its code is 0 when it said nothing.</param>
internal sealed record SmtpSituation(
    SmtpStage Stage, SmtpEndpoint Endpoint, TimeSpan Timeout, SmtpReply Reply, CertificateVerdict? Certificate, bool Encrypted)
{
    /// <summary>The server has not greeted as a mail server: of what it sent, nothing but <see cref="Reply"/> may be shown.</summary>
    public bool Withheld { get; init; }

    /// <summary>Of the message that is being sent; a server that names one speaks of it.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];
}
