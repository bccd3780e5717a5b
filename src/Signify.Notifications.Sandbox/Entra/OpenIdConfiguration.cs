using System.Text.Json.Serialization;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>The discovery document of a tenant.</summary>
internal sealed record OpenIdConfiguration(
    [property: JsonIgnore] string Root,
    [property: JsonPropertyName("cloud_instance_name")] string Host)
{
    [JsonPropertyName("token_endpoint")]
    public string TokenEndpoint => $"{Root}/oauth2/v2.0/token";

    [JsonPropertyName("token_endpoint_auth_methods_supported")]
    public IReadOnlyList<string> AuthMethods { get; } = ["client_secret_post", "private_key_jwt", "client_secret_basic"];

    [JsonPropertyName("jwks_uri")]
    public string Keys => $"{Root}/discovery/v2.0/keys";

    [JsonPropertyName("response_modes_supported")]
    public IReadOnlyList<string> ResponseModes { get; } = ["query", "fragment", "form_post"];

    [JsonPropertyName("subject_types_supported")]
    public IReadOnlyList<string> SubjectTypes { get; } = ["pairwise"];

    [JsonPropertyName("id_token_signing_alg_values_supported")]
    public IReadOnlyList<string> Algorithms { get; } = ["RS256"];

    [JsonPropertyName("response_types_supported")]
    public IReadOnlyList<string> ResponseTypes { get; } = ["code", "id_token", "code id_token", "id_token token"];

    [JsonPropertyName("scopes_supported")]
    public IReadOnlyList<string> Scopes { get; } = ["openid", "profile", "email", "offline_access"];

    [JsonPropertyName("issuer")]
    public string Issuer => $"{Root}/v2.0";

    [JsonPropertyName("authorization_endpoint")]
    public string AuthorizationEndpoint => $"{Root}/oauth2/v2.0/authorize";

    [JsonPropertyName("tenant_region_scope")]
    public string Region => "EU";

    [JsonPropertyName("msgraph_host")]
    public string GraphHost => Host;
}
