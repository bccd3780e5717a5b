using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signify.Notifications.Benchmarks;

/// <summary>An access token of Entra's form and size, and the key to verify it with.</summary>
internal sealed class SignedToken : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public SignedToken()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var head = Part(new { typ = "JWT", alg = "RS256" });
        var claims = Part(new Dictionary<string, object>
        {
            ["aud"] = "https://outlook.office365.com",
            ["iat"] = now,
            ["nbf"] = now - 60,
            ["exp"] = now + 7200,
            ["upn"] = Letter.From,
            ["sub"] = "5f0d6c2a-0b7e-4a54-9c7b-6a3b1f6d2e11",
            ["roles"] = new[] { "SMTP.SendAsApp" },
        });
        var signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Value = $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    public string Value { get; }

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public void Dispose() => _key.Dispose();

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
