using System.Globalization;

namespace Signify.Notifications.Settings;

/// <summary>One field that differs between two revisions, as History and the audit log show it. Secrets appear as fingerprints.</summary>
public sealed record SettingsChange(string Field, string? Before, string? After)
{
    public string Label => SettingsField.Label(Field);

    /// <summary>What <paramref name="after"/> changed against <paramref name="before"/>; every field that is set when there was none before.</summary>
    public static IReadOnlyList<SettingsChange> Between(SettingsRevision? before, SettingsRevision after)
    {
        var old = before is null ? [] : Values(before).ToDictionary(v => v.Field, v => v.Value);
        return [.. Values(after)
            .Select(v => new SettingsChange(v.Field, old.GetValueOrDefault(v.Field), v.Value))
            .Where(c => c.Before != c.After)];
    }

    private static IEnumerable<(string Field, string? Value)> Values(SettingsRevision r)
    {
        yield return (SettingsField.UseOwnSmtpDetails, OnOff(r.SignIn != SignIn.SharedRelay));
        yield return (SettingsField.CredentialsRequired, OnOff(r.SignIn is SignIn.Password or SignIn.Token));
        yield return (SettingsField.TokenBasedAuthentication, OnOff(r.SignIn == SignIn.Token));
        yield return (SettingsField.ServerName, Text(r.ServerName));
        yield return (SettingsField.Port, r.Port.ToString(CultureInfo.InvariantCulture));
        yield return (SettingsField.TimeoutSeconds, $"{r.Timeout.TotalSeconds:0} s");
        yield return (SettingsField.BatchSize, r.BatchSize.ToString());
        yield return (SettingsField.FromEmail, Text(r.FromEmail));
        yield return (SettingsField.FromName, r.FromName);
        yield return (SettingsField.UserName, r.UserName);
        yield return (SettingsField.Password, Fingerprint(r.Password));
        yield return (SettingsField.ClientId, r.ClientId);
        yield return (SettingsField.Credential, r.SignIn == SignIn.Token ? Kind(r.Credential) : null);
        yield return (SettingsField.ClientSecret, Fingerprint(r.ClientSecret));
        yield return (SettingsField.SecretExpiresOn, Date(r.SecretExpiresOn));
        yield return (SettingsField.StandbySecret, Fingerprint(r.StandbySecret));
        yield return (SettingsField.StandbySecretExpiresOn, Date(r.StandbySecretExpiresOn));
        yield return (SettingsField.ClientCertificate, r.Certificate is { } c ? $"thumbprint {c.Thumbprint}, until {Date(DateOnly.FromDateTime(c.NotAfter.UtcDateTime))}" : null);
        yield return (SettingsField.TenantId, r.TenantId);
        yield return (SettingsField.Cloud, r.Cloud);
        yield return (SettingsField.Route, r.Route.ToString());
    }

    /// <summary>A credential in the words of the form.</summary>
    public static string Kind(CredentialKind kind) => kind switch
    {
        CredentialKind.Certificate => "Certificate",
        CredentialKind.WorkloadIdentity => "Workload identity",
        _ => "Client secret",
    };

    private static string? Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string OnOff(bool on) => on ? "on" : "off";

    private static string? Text(string value) => value.Length == 0 ? null : value;

    private static string? Fingerprint(StoredSecret? secret) => secret is null ? null : $"fingerprint {secret.Fingerprint}";
}
