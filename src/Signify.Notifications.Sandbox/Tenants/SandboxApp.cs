using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Tenants;

/// <summary>An app registration with its enterprise application and what Exchange knows about it.</summary>
public sealed record SandboxApp
{
    public required Guid ClientId { get; init; }

    /// <summary>The object id of the enterprise application: the token's <c>oid</c>.</summary>
    public required Guid ObjectId { get; init; }

    public required string Name { get; init; }

    public required string Secret { get; init; }

    public bool SecretExpired { get; init; }

    /// <summary>A second secret that never expires: to stand by.</summary>
    public string? SecondSecret { get; init; }

    /// <summary>The subject of its federated credential; null when no host is trusted.</summary>
    public string? FederatedSubject { get; init; }

    public bool Disabled { get; init; }

    public bool PublicClient { get; init; }

    public bool BlockedByConditionalAccess { get; init; }

    /// <summary>Entra answers 429 to this app.</summary>
    public bool Throttled { get; init; }

    /// <summary>Consented application permissions of Office 365 Exchange Online.</summary>
    public IReadOnlyList<string> ExchangeRoles { get; init; } = [];

    /// <summary>Consented application permissions of Microsoft Graph.</summary>
    public IReadOnlyList<string> GraphRoles { get; init; } = [];

    /// <summary>What New-ServicePrincipal was given as -ObjectId; null when it was never run.</summary>
    public Guid? ExchangeServicePrincipal { get; init; }

    /// <summary>Mailboxes of Add-MailboxPermission … FullAccess.</summary>
    public IReadOnlyList<string> FullAccess { get; init; } = [];

    /// <summary>Mailboxes of Add-RecipientPermission … SendAs.</summary>
    public IReadOnlyList<string> SendAs { get; init; } = [];

    /// <summary>Mailboxes in the scope of an Exchange role assignment "Application SMTP.SendAsApp".</summary>
    public IReadOnlyList<string> SmtpByExchangeRole { get; init; } = [];

    /// <summary>Mailboxes in the scope of an Exchange role assignment "Application Mail.Send".</summary>
    public IReadOnlyList<string> GraphByExchangeRole { get; init; } = [];

    /// <summary>Mailboxes that an application access policy keeps from the app.</summary>
    public IReadOnlyList<string> ClosedByAccessPolicy { get; init; } = [];

    /// <summary>Entra refuses every token with this; null: it looks as usual.</summary>
    public TokenRefusal? Refusal { get; init; }

    /// <summary>What the token endpoint does to this app in place of an answer of Entra's, such as a proxy's page.</summary>
    public HttpFault? TokenFault { get; init; }

    /// <summary>The token is for this audience, whatever was asked for.</summary>
    public string? Audience { get; init; }

    /// <summary>The token is a user's: it carries scp in place of roles.</summary>
    public bool Delegated { get; init; }

    /// <summary>The token is not a JWT that anyone could read.</summary>
    public bool OpaqueToken { get; init; }

    /// <summary>By how much the Date of Entra's answers is ahead of this machine's clock.</summary>
    public TimeSpan ClockAhead { get; init; }
}
