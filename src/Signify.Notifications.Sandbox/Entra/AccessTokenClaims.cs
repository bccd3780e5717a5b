using System.Text.Json.Serialization;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>The body of an app-only v1 token, as Exchange and Graph get it.</summary>
internal sealed record AccessTokenClaims
{
    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("nbf")]
    public required long NotBefore { get; init; }

    [JsonPropertyName("exp")]
    public required long Expires { get; init; }

    [JsonPropertyName("app_displayname")]
    public required string AppName { get; init; }

    [JsonPropertyName("appid")]
    public required Guid AppId { get; init; }

    [JsonPropertyName("appidacr")]
    public required string CredentialKind { get; init; }

    [JsonPropertyName("idp")]
    public required string IdentityProvider { get; init; }

    [JsonPropertyName("idtyp")]
    public required string IdentityKind { get; init; }

    [JsonPropertyName("oid")]
    public required Guid ObjectId { get; init; }

    /// <summary>Absent, not empty, when nothing is granted.</summary>
    [JsonPropertyName("roles")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Of a user's token only.</summary>
    [JsonPropertyName("scp")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scopes { get; init; }

    [JsonPropertyName("sub")]
    public required Guid Subject { get; init; }

    [JsonPropertyName("tid")]
    public required Guid TenantId { get; init; }

    [JsonPropertyName("uti")]
    public required string TokenId { get; init; }

    [JsonPropertyName("ver")]
    public string Version { get; init; } = "1.0";

    public bool HasRole(string role) => Roles?.Contains(role, StringComparer.Ordinal) ?? false;
}
