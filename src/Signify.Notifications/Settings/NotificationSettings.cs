namespace Signify.Notifications.Settings;

/// <summary>Which mailbox to send from, and how. Complete and valid by construction: made by the field rules or read from a revision.</summary>
public sealed record NotificationSettings
{
    /// <summary>The ruleset they belong to. Null: none, so that nothing of the host may be used.</summary>
    public Guid? RulesetId { get; init; }

    public required SignIn SignIn { get; init; }

    /// <summary>With <see cref="SignIn.Token"/> a label, never a host: a token cannot be sent to a stranger.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>1 to 65535.</summary>
    public int Port { get; init; } = 587;

    /// <summary>5 to 600 seconds. Bounds every network step.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    public BatchSize BatchSize { get; init; } = BatchSize.Medium;

    public string FromEmail { get; init; } = "";

    public string? FromName { get; init; }

    public string? UserName { get; init; }

    public SecretText? Password { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Which of the following proves the app to Entra.</summary>
    public CredentialKind Credential { get; init; } = CredentialKind.Secret;

    public SecretText? ClientSecret { get; init; }

    public DateOnly? SecretExpiresOn { get; init; }

    /// <summary>Takes the client secret's place when Entra refuses that one.</summary>
    public SecretText? StandbySecret { get; init; }

    public DateOnly? StandbySecretExpiresOn { get; init; }

    public ClientCertificate? Certificate { get; init; }

    public string? TenantId { get; init; }

    /// <summary>A name of <c>Clouds</c>; the hosts come from there.</summary>
    public string Cloud { get; init; } = "Worldwide";

    public RouteChoice Route { get; init; } = RouteChoice.Automatic;

    /// <summary>The same app, proved by its standby secret.</summary>
    public NotificationSettings OnStandby() => this with
    {
        ClientSecret = StandbySecret,
        SecretExpiresOn = StandbySecretExpiresOn,
        StandbySecret = null,
        StandbySecretExpiresOn = null,
    };

    /// <summary>What a server could say back and nobody may read.</summary>
    public IEnumerable<string?> Secrets() => [ClientSecret?.Reveal(), StandbySecret?.Reveal(), Password?.Reveal()];
}
