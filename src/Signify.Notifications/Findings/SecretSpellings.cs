using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Signify.Notifications.Findings;

/// <summary>The ways in which a secret that was sent may come back: as it is, escaped, in hexadecimal, or within base64.</summary>
internal static class SecretSpellings
{
    // Shorter pieces of base64 stand in ordinary words, too.
    private const int ShortestPiece = 8;

    public static IEnumerable<string> Of(string secret)
    {
        var escaped = Uri.EscapeDataString(secret);
        string[] plain =
        [
            secret, WebUtility.UrlEncode(secret), escaped, escaped.Replace("~", "%7E", StringComparison.Ordinal), WebUtility.HtmlEncode(secret),
            JavaScriptEncoder.Default.Encode(secret), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret),
            Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        ];
        var pieces = Enumerable.Range(0, 3).Select(offset => WithinBase64(secret, offset)).Where(p => p.Length >= ShortestPiece);
        return plain.Concat(pieces.SelectMany(p => new[] { p, p.Replace('+', '-').Replace('/', '_') }));
    }

    /// <summary>What base64 makes of the secret alone when it begins so many bytes behind a group of three.</summary>
    private static string WithinBase64(string secret, int offset)
    {
        byte[] bytes = [.. new byte[offset], .. Encoding.UTF8.GetBytes(secret)];
        var text = Convert.ToBase64String(bytes).TrimEnd('=');
        var end = bytes.Length % 3 == 0 ? text.Length : text.Length - 1;
        var start = offset == 0 ? 0 : offset + 1;
        return start < end ? text[start..end] : "";
    }
}
