namespace Signify.Notifications.Microsoft365;

/// <summary>One Microsoft 365 cloud: where its tokens come from and where its mail goes in.</summary>
public sealed record Cloud
{
    /// <summary>As stored and as the API spells it: <c>Worldwide</c>, <c>GccHigh</c>, <c>DoD</c>, <c>China</c>, or a name from configuration.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary>Host (and port) of the token service; the tenant is appended.</summary>
    public required Uri Authority { get; init; }

    public required string SmtpHost { get; init; }

    public required string SmtpScope { get; init; }

    /// <summary>Root of Microsoft Graph, without a version.</summary>
    public required Uri Graph { get; init; }

    public required string GraphScope { get; init; }

    public required Uri Portal { get; init; }

    /// <summary>What <c>Connect-ExchangeOnline</c> calls this cloud; null where it needs to be told nothing.</summary>
    public string? ExchangeEnvironment { get; init; }

    /// <summary>PEM file with roots trusted besides the system's, for token, SMTP and Graph alike.</summary>
    public string? TrustedRoots { get; init; }

    public bool CheckRevocation { get; init; } = true;

    /// <summary>True for the four clouds of Microsoft as they are built in; false where configuration adds or overrides one.</summary>
    public bool BuiltIn { get; init; }
}
