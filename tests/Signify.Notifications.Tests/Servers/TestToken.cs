using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Signify.Notifications.Tests.Servers;

/// <summary>Access tokens as Entra makes them for an app: claims as chosen, a signature that nobody checks.</summary>
public static class TestToken
{
    public static string Mint(string audience, IReadOnlyList<string> roles, string objectId = StubCloud.ObjectId)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["aud"] = audience,
            ["iss"] = $"https://sts.windows.net/{StubCloud.Tenant}/",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 3600,
            ["appid"] = StubCloud.Client,
            ["app_displayname"] = "Mail app",
            ["oid"] = objectId,
            ["tid"] = StubCloud.Tenant,
            ["ver"] = "1.0",
        };
        // Entra leaves the claim out where nothing is granted.
        if (roles.Count > 0)
        {
            claims["roles"] = roles;
        }

        return Of(JsonSerializer.SerializeToUtf8Bytes(claims));
    }

    /// <summary>Anything in the place of the claims.</summary>
    public static string Of(byte[] claims) => string.Join('.',
        Base64Url.EncodeToString("""{"typ":"JWT","alg":"RS256"}"""u8),
        Base64Url.EncodeToString(claims),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(256)));
}
