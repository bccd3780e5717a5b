namespace Signify.Notifications.Settings;

/// <summary>The fields in the API's spelling, with the labels of the form.</summary>
public static class SettingsField
{
    public const string UseOwnSmtpDetails = "useOwnSmtpDetails";
    public const string CredentialsRequired = "credentialsRequired";
    public const string TokenBasedAuthentication = "tokenBasedAuthentication";
    public const string ServerName = "serverName";
    public const string Port = "port";
    public const string TimeoutSeconds = "timeoutSeconds";
    public const string BatchSize = "batchSize";
    public const string FromEmail = "fromEmail";
    public const string FromName = "fromName";
    public const string UserName = "userName";
    public const string Password = "password";
    public const string ClientId = "clientId";
    public const string ClientSecret = "clientSecret";
    public const string SecretExpiresOn = "secretExpiresOn";
    public const string Credential = "credential";
    public const string StandbySecret = "standbySecret";
    public const string StandbySecretExpiresOn = "standbySecretExpiresOn";
    public const string RemoveStandbySecret = "removeStandbySecret";
    public const string ClientCertificate = "clientCertificate";
    public const string ClientCertificatePassword = "clientCertificatePassword";
    public const string ClientCertificatePem = "clientCertificatePem";
    public const string GenerateCertificate = "generateCertificate";
    public const string TenantId = "tenantId";
    public const string Cloud = "cloud";
    public const string Route = "route";

    /// <summary>In the order of the form.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UseOwnSmtpDetails, CredentialsRequired, TokenBasedAuthentication, ServerName, Port, TimeoutSeconds, BatchSize, FromEmail, FromName,
        UserName, Password, ClientId, Credential, ClientSecret, SecretExpiresOn, StandbySecret, StandbySecretExpiresOn, RemoveStandbySecret,
        ClientCertificate, ClientCertificatePassword, ClientCertificatePem, GenerateCertificate, TenantId, Cloud, Route,
    ];

    public static string Label(string field) => field switch
    {
        UseOwnSmtpDetails => "Use Own SMTP Details",
        CredentialsRequired => "Credentials Required",
        TokenBasedAuthentication => "Token-Based Authentication",
        ServerName => "Server Name",
        Port => "Port",
        TimeoutSeconds => "Timeout",
        BatchSize => "Batch Size",
        FromEmail => "From Email",
        FromName => "From Name",
        UserName => "User Name",
        Password => "Password",
        ClientId => "Client ID",
        ClientSecret => "Client Secret",
        SecretExpiresOn => "Secret expires on",
        Credential => "Sign in with",
        StandbySecret => "Standby Client Secret",
        StandbySecretExpiresOn => "Standby expires on",
        RemoveStandbySecret => "Remove the standby secret",
        ClientCertificate => "Certificate",
        ClientCertificatePassword => "Password of the file",
        ClientCertificatePem => "Certificate and key as text (PEM)",
        GenerateCertificate => "Generate a self-signed pair",
        TenantId => "Tenant ID",
        Cloud => "Cloud",
        Route => "Route",
        _ => field,
    };
}
