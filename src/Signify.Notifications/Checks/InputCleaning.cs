using System.Globalization;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Cleans the input field by field and notes where it did.</summary>
public static class InputCleaning
{
    public static SettingsInput Clean(SettingsInput input, out IReadOnlyList<string> cleanedFields)
    {
        var cleaned = new List<string>();
        string? Field(string name, string? pasted)
        {
            var clean = PastedText.Clean(pasted);
            if (clean != (pasted ?? ""))
            {
                cleaned.Add(name);
            }

            return clean.Length == 0 ? null : clean;
        }

        var result = input with
        {
            ServerName = Field(SettingsField.ServerName, input.ServerName),
            Port = Field(SettingsField.Port, input.Port),
            TimeoutSeconds = Field(SettingsField.TimeoutSeconds, input.TimeoutSeconds),
            BatchSize = Field(SettingsField.BatchSize, input.BatchSize),
            FromEmail = Field(SettingsField.FromEmail, input.FromEmail),
            FromName = Field(SettingsField.FromName, input.FromName),
            UserName = Field(SettingsField.UserName, input.UserName),
            // A password may begin or end with anything, as may a certificate's: only a client secret's form is known.
            Password = input.Password,
            ClientId = Field(SettingsField.ClientId, input.ClientId),
            ClientSecret = Field(SettingsField.ClientSecret, input.ClientSecret),
            SecretExpiresOn = Field(SettingsField.SecretExpiresOn, input.SecretExpiresOn),
            Credential = Field(SettingsField.Credential, input.Credential),
            StandbySecret = Field(SettingsField.StandbySecret, input.StandbySecret),
            StandbySecretExpiresOn = Field(SettingsField.StandbySecretExpiresOn, input.StandbySecretExpiresOn),
            TenantId = Field(SettingsField.TenantId, input.TenantId),
            Cloud = Field(SettingsField.Cloud, input.Cloud),
            Route = Field(SettingsField.Route, input.Route),
        };
        cleanedFields = cleaned;
        return result;
    }

    /// <summary>A stored revision as the form shows it: without its secrets, which an empty field keeps.</summary>
    public static SettingsInput FromRevision(SettingsRevision r) => new()
    {
        UseOwnSmtpDetails = r.SignIn != SignIn.SharedRelay,
        CredentialsRequired = r.SignIn != SignIn.None,
        TokenBasedAuthentication = r.SignIn != SignIn.Password,
        ServerName = r.ServerName,
        Port = r.Port.ToString(CultureInfo.InvariantCulture),
        TimeoutSeconds = r.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
        BatchSize = r.BatchSize.ToString().ToLowerInvariant(),
        FromEmail = r.FromEmail,
        FromName = r.FromName,
        UserName = r.UserName,
        ClientId = r.ClientId,
        Credential = r.Credential switch
        {
            CredentialKind.Certificate => "certificate",
            CredentialKind.WorkloadIdentity => "workloadIdentity",
            _ => "secret",
        },
        SecretExpiresOn = r.SecretExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        StandbySecretExpiresOn = r.StandbySecretExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TenantId = r.TenantId,
        Cloud = r.Cloud,
        Route = r.Route.ToString().ToLowerInvariant(),
    };
}
