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

    // A record prints its members: these two would end up in a log.
    public override string ToString() => $"settings as typed ({SignIn})";
}
