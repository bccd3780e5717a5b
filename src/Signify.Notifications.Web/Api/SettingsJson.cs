using System.Text.Json.Serialization;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Route = Signify.Notifications.Settings.Route;

namespace Signify.Notifications.Web.Api;

/// <summary>The answer of <c>GET /api/v1/settings</c>.</summary>
public sealed record SettingsJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RevisionJson? Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RevisionJson? Draft);

/// <summary>The answer of a Save and of a check.</summary>
public sealed record CheckedJson(int Revision, RevisionState State, CheckReport Check);

/// <summary>One revision, without its secrets.</summary>
public sealed record RevisionJson
{
    public required int Revision { get; init; }

    public required RevisionState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public int? RestoredFrom { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    public Route? ActiveRoute { get; init; }

    public required bool UseOwnSmtpDetails { get; init; }

    public required bool CredentialsRequired { get; init; }

    public required bool TokenBasedAuthentication { get; init; }

    public required string ServerName { get; init; }

    public required int Port { get; init; }

    public required int TimeoutSeconds { get; init; }

    public required BatchSize BatchSize { get; init; }

    public required string FromEmail { get; init; }

    public string? FromName { get; init; }

    public string? UserName { get; init; }

    public string? ClientId { get; init; }

    public DateOnly? SecretExpiresOn { get; init; }

    public required CredentialKind Credential { get; init; }

    public DateOnly? StandbySecretExpiresOn { get; init; }

    /// <summary>Without its private key; null without one.</summary>
    public CertificateFacts? Certificate { get; init; }

    /// <summary>The last day of the credential that serves; null when nobody told it, or none ends.</summary>
    public DateOnly? CredentialEndsOn { get; init; }

    /// <summary>The revision whose client secret Entra refused, when the standby secret took its place.</summary>
    public int? TookOverFrom { get; init; }

    public string? TenantId { get; init; }

    public required string Cloud { get; init; }

    public required RouteChoice Route { get; init; }

    /// <summary>By field: when it was set, by whom, and its fingerprint. Never the secret.</summary>
    public required IReadOnlyDictionary<string, SecretJson> Secrets { get; init; }

    public CheckReport? Check { get; init; }

    public static RevisionJson? From(SettingsRevision? r, CheckReport? check) => r is null ? null : new RevisionJson
    {
        Revision = r.Number,
        State = r.State,
        CreatedAt = r.CreatedAt,
        CreatedBy = r.CreatedBy,
        RestoredFrom = r.RestoredFrom,
        ActivatedAt = r.ActivatedAt,
        ActiveRoute = r.ActiveRoute,
        UseOwnSmtpDetails = r.SignIn != SignIn.SharedRelay,
        CredentialsRequired = r.SignIn is SignIn.Password or SignIn.Token,
        TokenBasedAuthentication = r.SignIn == SignIn.Token,
        ServerName = r.ServerName,
        Port = r.Port,
        TimeoutSeconds = (int)r.Timeout.TotalSeconds,
        BatchSize = r.BatchSize,
        FromEmail = r.FromEmail,
        FromName = r.FromName,
        UserName = r.UserName,
        ClientId = r.ClientId,
        SecretExpiresOn = r.SecretExpiresOn,
        Credential = r.Credential,
        StandbySecretExpiresOn = r.StandbySecretExpiresOn,
        Certificate = r.Certificate,
        CredentialEndsOn = r.CredentialEndsOn,
        TookOverFrom = r.TookOverFrom,
        TenantId = r.TenantId,
        Cloud = r.Cloud,
        Route = r.Route,
        Secrets = SecretJson.Of(r),
        Check = check,
    };
}

public sealed record SecretJson(DateTimeOffset SetAt, string SetBy, string Fingerprint)
{
    internal static Dictionary<string, SecretJson> Of(SettingsRevision revision)
    {
        var secrets = new Dictionary<string, SecretJson>();
        Add(SettingsField.ClientSecret, revision.ClientSecret);
        Add(SettingsField.StandbySecret, revision.StandbySecret);
        Add(SettingsField.ClientCertificate, revision.CertificateKey);
        Add(SettingsField.Password, revision.Password);
        return secrets;

        void Add(string field, StoredSecret? secret)
        {
            if (secret is not null)
            {
                secrets[field] = new SecretJson(secret.SetAt, secret.SetBy, secret.Fingerprint);
            }
        }
    }
}
