using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The settings form as the browser sends it. Secrets and private keys come in and never go out.</summary>
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

    public string? Credential { get; set; }

    public string? StandbySecret { get; set; }

    public string? StandbySecretExpiresOn { get; set; }

    public bool RemoveStandbySecret { get; set; }

    public IFormFile? CertificateFile { get; set; }

    public IFormFile? CertificateKeyFile { get; set; }

    public string? ClientCertificatePem { get; set; }

    public string? ClientCertificatePassword { get; set; }

    public bool GenerateCertificate { get; set; }

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
        Credential = input.Credential,
        StandbySecretExpiresOn = input.StandbySecretExpiresOn,
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
            _ => WithCredential(WithServer(switches) with { ClientId = ClientId, TenantId = TenantId, Cloud = Cloud, Route = Route }),
        };
    }

    /// <summary>The fields whose typed secret is about to be forgotten, because the page is shown again.</summary>
    public IReadOnlyList<string> TypedSecrets()
    {
        var input = ToInput();
        (string Field, bool Typed)[] fields =
        [
            (SettingsField.ClientSecret, input.ClientSecret is { Length: > 0 }),
            (SettingsField.StandbySecret, input.StandbySecret is { Length: > 0 }),
            (SettingsField.ClientCertificate, input.ClientCertificate is { Length: > 0 }),
            (SettingsField.ClientCertificatePem, input.ClientCertificatePem is { Length: > 0 }),
            (SettingsField.Password, input.Password is { Length: > 0 }),
        ];
        return [.. fields.Where(f => f.Typed).Select(f => f.Field)];
    }

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
            Credential = Credential,
            SecretExpiresOn = token ? cleaned.SecretExpiresOn ?? SecretExpiresOn : SecretExpiresOn,
            StandbySecretExpiresOn = token ? cleaned.StandbySecretExpiresOn ?? StandbySecretExpiresOn : StandbySecretExpiresOn,
            RemoveStandbySecret = RemoveStandbySecret,
            GenerateCertificate = GenerateCertificate,
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
        SettingsField.StandbySecretExpiresOn => StandbySecretExpiresOn,
        SettingsField.TenantId => TenantId,
        SettingsField.Cloud => Cloud,
        SettingsField.Route => Route,
        _ => null,
    };

    // Only what the choice shows: a secret typed before the choice was changed does not count.
    private SettingsInput WithCredential(SettingsInput input) => Credential switch
    {
        "certificate" => CertificateUpload.AddTo(input with { Credential = Credential }, this),
        "workloadIdentity" => input with { Credential = Credential },
        _ => input with
        {
            Credential = Credential,
            ClientSecret = ClientSecret,
            SecretExpiresOn = SecretExpiresOn,
            StandbySecret = StandbySecret,
            StandbySecretExpiresOn = StandbySecretExpiresOn,
            RemoveStandbySecret = RemoveStandbySecret,
        },
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
