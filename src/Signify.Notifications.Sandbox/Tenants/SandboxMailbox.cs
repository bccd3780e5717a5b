using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Tenants;

public sealed record SandboxMailbox
{
    public required string Address { get; init; }

    public string DisplayName { get; init; } = "";

    public MailboxState State { get; init; }

    /// <summary>As SmtpClientAuthenticationDisabled of Set-CASMailbox: null inherits the tenant's.</summary>
    public bool? SmtpAuthDisabled { get; init; }

    public int MaxSendBytes { get; init; } = 35 * 1024 * 1024;

    /// <summary>What strikes whoever sends from it over SMTP; null: nothing.</summary>
    public MailboxFault? SmtpFault { get; init; }

    /// <summary>What Graph answers to whoever sends from it; null: the usual.</summary>
    public HttpFault? GraphFault { get; init; }

    internal SmtpFault? FaultAt(SmtpStage stage) => SmtpFault?.Stage == stage ? SmtpFault.Fault : null;
}
