namespace Signify.Notifications.Sandbox.Tenants;

public sealed record SandboxMailbox
{
    public required string Address { get; init; }

    public string DisplayName { get; init; } = "";

    public MailboxState State { get; init; }

    /// <summary>As SmtpClientAuthenticationDisabled of Set-CASMailbox: null inherits the tenant's.</summary>
    public bool? SmtpAuthDisabled { get; init; }

    public int MaxSendBytes { get; init; } = 35 * 1024 * 1024;
}
