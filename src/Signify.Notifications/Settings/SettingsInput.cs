namespace Signify.Notifications.Settings;

/// <summary>The settings as somebody typed or sent them: text, nothing checked yet. Names are the API's and the form's.</summary>
public sealed record SettingsInput
{
    public bool UseOwnSmtpDetails { get; init; } = true;

    public bool CredentialsRequired { get; init; } = true;

    public bool TokenBasedAuthentication { get; init; } = true;

    public string? ServerName { get; init; }

    public string? Port { get; init; } = "587";

    public string? TimeoutSeconds { get; init; } = "120";

    public string? BatchSize { get; init; } = "medium";

    public string? FromEmail { get; init; }

    public string? FromName { get; init; }

    public string? UserName { get; init; }

    /// <summary>Empty keeps the stored one.</summary>
    public string? Password { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Empty keeps the stored one.</summary>
    public string? ClientSecret { get; init; }

    public string? SecretExpiresOn { get; init; }

    /// <summary>secret, certificate or workloadIdentity; empty means the certificate when one is given, else the secret.</summary>
    public string? Credential { get; init; }

    /// <summary>Empty keeps the stored one.</summary>
    public string? StandbySecret { get; init; }

    public string? StandbySecretExpiresOn { get; init; }

    /// <summary>Drops the stored standby secret.</summary>
    public bool RemoveStandbySecret { get; init; }

    /// <summary>A PFX file in base64. Empty keeps the stored certificate, as long as no other is given.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>Opens the PFX file or the key of the PEM pair; it is not stored.</summary>
    public string? ClientCertificatePassword { get; init; }

    /// <summary>Certificate and private key as PEM text, in any order.</summary>
    public string? ClientCertificatePem { get; init; }

    /// <summary>The program makes a pair of its own.</summary>
    public bool GenerateCertificate { get; init; }

    public string? TenantId { get; init; }

    public string? Cloud { get; init; } = "Worldwide";

    public string? Route { get; init; } = "automatic";

    public SignIn SignIn => this switch
    {
        { UseOwnSmtpDetails: false } => SignIn.SharedRelay,
        { CredentialsRequired: false } => SignIn.None,
        { TokenBasedAuthentication: false } => SignIn.Password,
        _ => SignIn.Token,
    };

    // A record prints its members: the secrets would end up in a log.
    public override string ToString() => $"settings as typed ({SignIn})";
}
