namespace Signify.Notifications.Sandbox.Tenants;

public sealed record SandboxTenant
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Verified domains, the first one ends in onmicrosoft.com.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    public IReadOnlyList<SandboxApp> Apps { get; init; } = [];

    public IReadOnlyList<SandboxMailbox> Mailboxes { get; init; } = [];

    /// <summary>False: the tenant never had an Exchange plan.</summary>
    public bool HasExchange { get; init; } = true;

    /// <summary>The subscription lapsed: the resource's service principal is off.</summary>
    public bool ExchangeDisabled { get; init; }

    /// <summary>It lives in another cloud of Microsoft's.</summary>
    public bool OtherCloud { get; init; }

    public bool SmtpAuthDisabled { get; init; }

    public bool SecurityDefaults { get; init; }

    public SandboxApp? FindApp(Guid clientId) => Apps.FirstOrDefault(app => app.ClientId == clientId);

    public SandboxMailbox? FindMailbox(string address) =>
        Mailboxes.FirstOrDefault(mailbox => string.Equals(mailbox.Address, address, StringComparison.OrdinalIgnoreCase));
}
