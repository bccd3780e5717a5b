using System.Text;
using System.Text.Json;

namespace Signify.Notifications.Microsoft365;

/// <summary>
/// What an access token says of itself, read for diagnosis only and at best effort: Microsoft may change or encrypt the form at any time.
/// </summary>
public sealed record TokenClaims
{
    private const int SizeLimit = 64 * 1024;

    public string? Audience { get; init; }

    /// <summary>App permissions granted in Entra. Empty does not prove a refusal: rights can be given inside Exchange.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Rights lent by a person (<c>scp</c>): an app's own token has none.</summary>
    public string? Scopes { get; init; }

    public string? TenantId { get; init; }

    public string? AppId { get; init; }

    /// <summary>Object ID of the enterprise application: what <c>New-ServicePrincipal -ObjectId</c> asks for.</summary>
    public string? ObjectId { get; init; }

    public string? AppName { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null when the token is not a readable JWT.</summary>
    public static TokenClaims? TryRead(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || token.Length > SizeLimit)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url(parts[1])));
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : null;
        }
        // The last of them comes of half a character that is escaped in the JSON.
        catch (Exception ex) when (ex is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    public bool Has(string role) => Roles.Contains(role, StringComparer.OrdinalIgnoreCase);

    private static TokenClaims Read(JsonElement claims) => new()
    {
        Audience = Text(claims, "aud"),
        Roles = RoleNames(claims),
        Scopes = Text(claims, "scp"),
        TenantId = Text(claims, "tid"),
        AppId = Text(claims, "appid") ?? Text(claims, "azp"),
        ObjectId = Text(claims, "oid"),
        AppName = Text(claims, "app_displayname"),
        IssuedAt = Instant(claims, "iat"),
        ExpiresAt = Instant(claims, "exp"),
    };

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] RoleNames(JsonElement claims) => claims.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
        ? [.. roles.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.String).Select(r => r.GetString()!)]
        : [];

    private static DateTimeOffset? Instant(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
