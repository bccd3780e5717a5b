using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The settings form as the browser sends it. The two secrets come in and never go out.</summary>
public sealed class NotificationsForm
{
    public bool UseOwnSmtpDetails { get; set; }

    public bool CredentialsRequired { get; set; }

    public bool TokenBasedAuthentication { get; set; }

    public string? ServerName { get; set; }

    public string? Port { get; set; }

    public string? TimeoutSeconds { get; set; }

    public string? BatchSize { get; set; }

    public string? FromEmail { get; set; }

    public string? FromName { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string? SecretExpiresOn { get; set; }

    public string? TenantId { get; set; }

    public string? Cloud { get; set; }

    public string? Route { get; set; }

    public static NotificationsForm From(SettingsInput input) => new()
    {
        UseOwnSmtpDetails = input.UseOwnSmtpDetails,
        CredentialsRequired = input.CredentialsRequired,
        TokenBasedAuthentication = input.TokenBasedAuthentication,
        ServerName = input.ServerName,
        Port = input.Port,
        TimeoutSeconds = input.TimeoutSeconds,
        BatchSize = input.BatchSize,
        FromEmail = input.FromEmail,
        FromName = input.FromName,
        UserName = input.UserName,
        Password = input.Password,
        ClientId = input.ClientId,
        ClientSecret = input.ClientSecret,
        SecretExpiresOn = input.SecretExpiresOn,
        TenantId = input.TenantId,
        Cloud = input.Cloud,
        Route = input.Route,
    };

    public static NotificationsForm From(SettingsRevision? revision) =>
        From(revision is null ? new SettingsInput() : InputCleaning.FromRevision(revision));

    /// <summary>What was typed, without the fields that the three switches hide: nobody saw them, so they do not count.</summary>
    public SettingsInput ToInput()
    {
        var switches = new SettingsInput
        {
            UseOwnSmtpDetails = UseOwnSmtpDetails,
            CredentialsRequired = CredentialsRequired,
            TokenBasedAuthentication = TokenBasedAuthentication,
        };
        return switches.SignIn switch
        {
            SignIn.SharedRelay => switches,
            SignIn.None => WithServer(switches),
            SignIn.Password => WithServer(switches) with { UserName = UserName, Password = Password },
            _ => WithServer(switches) with
            {
                ClientId = ClientId,
                ClientSecret = ClientSecret,
                SecretExpiresOn = SecretExpiresOn,
                TenantId = TenantId,
                Cloud = Cloud,
                Route = Route,
            },
        };
    }

    /// <summary>The fields whose typed secret is about to be forgotten, because the page is shown again.</summary>
    public IReadOnlyList<string> TypedSecrets() => ToInput() switch
    {
        { ClientSecret.Length: > 0 } => [SettingsField.ClientSecret],
        { Password.Length: > 0 } => [SettingsField.Password],
        _ => [],
    };

    /// <summary>The form to show again after a Save that was not stored: cleaned where seen, as typed where hidden, without secrets.</summary>
    public NotificationsForm ShownAgain(SettingsInput cleaned)
    {
        var token = cleaned.SignIn == SignIn.Token;
        var server = cleaned.SignIn != SignIn.SharedRelay;
        return new NotificationsForm
        {
            UseOwnSmtpDetails = UseOwnSmtpDetails,
            CredentialsRequired = CredentialsRequired,
            TokenBasedAuthentication = TokenBasedAuthentication,
            ServerName = server ? cleaned.ServerName : ServerName,
            Port = server ? cleaned.Port : Port,
            TimeoutSeconds = server ? cleaned.TimeoutSeconds : TimeoutSeconds,
            BatchSize = server ? cleaned.BatchSize : BatchSize,
            FromEmail = server ? cleaned.FromEmail : FromEmail,
            FromName = server ? cleaned.FromName : FromName,
            UserName = cleaned.SignIn == SignIn.Password ? cleaned.UserName : UserName,
            ClientId = token ? cleaned.ClientId : ClientId,
            SecretExpiresOn = token ? cleaned.SecretExpiresOn : SecretExpiresOn,
            TenantId = token ? cleaned.TenantId : TenantId,
            Cloud = token ? cleaned.Cloud : Cloud,
            Route = token ? cleaned.Route : Route,
        };
    }

    /// <summary>The value an input shows; never a secret.</summary>
    public string? this[string field] => field switch
    {
        SettingsField.ServerName => ServerName,
        SettingsField.Port => Port,
        SettingsField.TimeoutSeconds => TimeoutSeconds,
        SettingsField.BatchSize => BatchSize,
        SettingsField.FromEmail => FromEmail,
        SettingsField.FromName => FromName,
        SettingsField.UserName => UserName,
        SettingsField.ClientId => ClientId,
        SettingsField.SecretExpiresOn => SecretExpiresOn,
        SettingsField.TenantId => TenantId,
        SettingsField.Cloud => Cloud,
        SettingsField.Route => Route,
        _ => null,
    };

    private SettingsInput WithServer(SettingsInput input) => input with
    {
        ServerName = ServerName,
        Port = Port,
        TimeoutSeconds = TimeoutSeconds,
        BatchSize = BatchSize,
        FromEmail = FromEmail,
        FromName = FromName,
    };
}
