using System.Text.Json;

namespace Signify.Notifications.Web.Api;

/// <summary>The content of an attachment in JSON: Base64 (RFC 4648, section 4).</summary>
internal static class FileContent
{
    /// <returns>The bytes, or what the value is instead.</returns>
    public static (ReadOnlyMemory<byte> Bytes, string? Fault) Read(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } text)
        {
            return (default, "This is the file as Base64.");
        }

        // Half a character, which the parser lets pass, throws when the text is read.
        try
        {
            return text.TryGetBytesFromBase64(out var bytes) ? (bytes, null) : (default, FaultOf(text.GetString()!));
        }
        catch (InvalidOperationException)
        {
            return (default, "This is the file as Base64, and holds half a character.");
        }
    }

    private static string FaultOf(string text)
    {
        text = text.Trim();
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return text.Contains(";base64,", StringComparison.OrdinalIgnoreCase)
                ? "This is a data URI. Send only the part after \"base64,\"."
                : "This is a data URI. Send the file as Base64 alone.";
        }

        var digits = text.TrimEnd('=');
        if (digits.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && digits.AsSpan().IndexOfAny('-', '_') >= 0)
        {
            return "This is Base64url. Write + for - and / for _, and end with = until the length is a multiple of 4.";
        }

        return digits.Length % 4 is 2 or 3 && digits.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
            ? "This is Base64 without its padding, or not all of it. End with = until the length is a multiple of 4."
            : "This is the file as Base64.";
    }
}
