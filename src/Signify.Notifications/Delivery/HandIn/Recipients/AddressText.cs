using System.Text;
using MimeKit.Utils;

namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>Takes one address as people copy it apart: the bare address and the display name, not yet checked.</summary>
/// <param name="Address">Without brackets, <c>mailto:</c> and punctuation around it.</param>
/// <param name="Name">The text before or after the address; null when there is none.</param>
internal readonly record struct AddressText(string Address, string? Name)
{
    private static readonly char[] Trailing = [',', ';', '.', ':', '!', '?'];

    // Proxy addresses of Active Directory and Exchange have the protocol before them.
    private static readonly string[] Schemes = ["mailto:", "smtp:"];

    private static readonly string[] Bullets = ["• ", "· ", "- ", "– ", "* "];

    private static readonly string[] QuotePairs = ["\"\"", "''", "“”", "„“", "‘’", "«»"];

    /// <param name="text">On one line.</param>
    public static AddressText Parse(string text)
    {
        text = Peel(text);
        if (text.EndsWith('>') && text.LastIndexOf('<') is var open and >= 0)
        {
            return new AddressText(Peel(text[(open + 1)..^1]), NameOrNull(text[..open]));
        }

        // As Outlook writes a sender above a reply: Anna Berg [mailto:anna@contoso.com]. An address literal follows the @.
        if (text.EndsWith(']') && text.LastIndexOf('[') is var square and >= 0 && text.IndexOf('@', square) > 0)
        {
            return new AddressText(Peel(text[(square + 1)..^1]), NameOrNull(text[..square]));
        }

        // The oldest form of a display name: anna@contoso.com (Anna Berg).
        if (text.EndsWith(')') && text.IndexOf(" (", StringComparison.Ordinal) is var round and > 0 && text.AsSpan(0, round).Contains('@'))
        {
            return new AddressText(Peel(text[..round]), NameOrNull(text[(round + 2)..^1]));
        }

        return new AddressText(text, null);
    }

    /// <summary>The display name as text: without quotation marks and encoded words. Null when it cannot be read.</summary>
    public string? PlainName()
    {
        var name = Name!;
        if (name.Contains("=?", StringComparison.Ordinal))
        {
            name = Rfc2047.DecodePhrase(Encoding.UTF8.GetBytes(name));
        }

        name = name is ['"', .. var inner, '"'] ? Unescape(inner) : Unquote(name);
        return name.Contains("=?", StringComparison.Ordinal) ? null : InvisibleCharacters.Trim(name);
    }

    private static string? NameOrNull(string name) => InvisibleCharacters.Trim(name) is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>Without what stands around an address that is copied from a sentence, a list or a link.</summary>
    private static string Peel(string text)
    {
        // Nearly all of them.
        if (text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && !text.Contains(':', StringComparison.Ordinal))
        {
            return text;
        }

        while (true)
        {
            var before = text;
            text = Unquote(InvisibleCharacters.Trim(text).TrimEnd(Trailing));
            text = Bullets.FirstOrDefault(b => text.StartsWith(b, StringComparison.Ordinal)) is { } bullet ? text[bullet.Length..] : text;
            if (Schemes.FirstOrDefault(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase)) is { } scheme)
            {
                text = text[scheme.Length..].Split('?')[0];
            }

            if (text.Length == before.Length)
            {
                return text;
            }
        }
    }

    private static string Unquote(string text) =>
        text.Length > 2 && QuotePairs.Any(p => text[0] == p[0] && text[^1] == p[1])
        && text.AsSpan(1, text.Length - 2).IndexOf(text[0]) < 0 ? text[1..^1] : text;

    private static string Unescape(string quoted)
    {
        var plain = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '\\' && i + 1 < quoted.Length)
            {
                i++;
            }

            plain.Append(quoted[i]);
        }

        return plain.ToString();
    }
}
