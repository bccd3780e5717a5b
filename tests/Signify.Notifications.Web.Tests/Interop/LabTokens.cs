using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>Signs access tokens of Entra's form.</summary>
public sealed class LabTokens : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public string Sign(string tenant, string mailbox)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var head = Part(new { typ = "JWT", alg = "RS256" });
        var claims = Part(new Dictionary<string, object>
        {
            ["aud"] = "https://outlook.office365.com",
            ["iss"] = $"https://login.lab.example/{tenant}/",
            ["iat"] = now,
            ["nbf"] = now - 60,
            ["exp"] = now + 3599,
            ["tid"] = tenant,
            ["appid"] = LabSettings.ClientId,
            ["app_displayname"] = "Lab sender",
            ["oid"] = "5f0d6c2a-0b7e-4a54-9c7b-6a3b1f6d2e11",
            ["sub"] = "5f0d6c2a-0b7e-4a54-9c7b-6a3b1f6d2e11",
            ["upn"] = mailbox,
            ["roles"] = new[] { "SMTP.SendAsApp" },
        });
        var signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _key.Dispose();

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
