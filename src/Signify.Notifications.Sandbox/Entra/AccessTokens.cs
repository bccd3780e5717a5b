using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>Issues tokens and knows its own again.</summary>
internal sealed class AccessTokens(TokenKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);

    public static int LifetimeSeconds => (int)Lifetime.TotalSeconds;

    public string Issue(SandboxTenant tenant, SandboxApp app, TokenResource resource, bool byAssertion)
    {
        if (app.OpaqueToken)
        {
            return $"EwB{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(900))}";
        }

        var header = JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = "RS256", x5t = keys.KeyId, kid = keys.KeyId });
        var body = JsonSerializer.SerializeToUtf8Bytes(ClaimsOf(tenant, app, resource, byAssertion));
        var text = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(body)}";
        return $"{text}.{keys.Sign(text)}";
    }

    /// <summary>Null when it was not issued here, was changed, or has expired.</summary>
    public AccessTokenClaims? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]) || !Base64Url.IsValid(parts[2])
            || !keys.Verify($"{parts[0]}.{parts[1]}", Base64Url.DecodeFromChars(parts[2])))
        {
            return null;
        }

        var claims = JsonSerializer.Deserialize<AccessTokenClaims>(Base64Url.DecodeFromChars(parts[1]));
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return claims is not null && now < claims.Expires ? claims : null;
    }

    private AccessTokenClaims ClaimsOf(SandboxTenant tenant, SandboxApp app, TokenResource resource, bool byAssertion)
    {
        var now = time.GetUtcNow();
        var roles = resource.IsExchange ? app.ExchangeRoles : app.GraphRoles;
        var issuer = $"https://sts.windows.net/{tenant.Id}/";
        return new AccessTokenClaims
        {
            Audience = app.Audience ?? resource.Uri,
            Issuer = issuer,
            IdentityProvider = issuer,
            IssuedAt = now.ToUnixTimeSeconds(),
            NotBefore = now.ToUnixTimeSeconds(),
            Expires = now.Add(Lifetime).ToUnixTimeSeconds(),
            AppName = app.Name,
            AppId = app.ClientId,
            CredentialKind = byAssertion ? "2" : "1",
            ObjectId = app.ObjectId,
            Subject = app.ObjectId,
            TenantId = tenant.Id,
            IdentityKind = app.Delegated ? "user" : "app",
            Roles = app.Delegated || roles.Count == 0 ? null : roles,
            Scopes = app.Delegated ? resource.IsExchange ? "SMTP.Send" : "Mail.Send" : null,
            TokenId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
    }
}
