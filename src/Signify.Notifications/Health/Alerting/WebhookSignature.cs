using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health.Alerting;

/// <summary>
/// <c>t=1764000000,v1=…</c>: the second it was signed in, and the HMAC-SHA256 of <c>t.body</c> in hexadecimal. Whoever caught a call
/// can play it again only while the receiver takes that second for now.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-Signify-Signature";

    public static string Of(SecretText secret, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var second = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()));
        hmac.AppendData(Encoding.ASCII.GetBytes(second + "."));
        hmac.AppendData(body);
        return $"t={second},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
