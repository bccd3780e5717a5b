using System.Globalization;

namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>Characters that a reader cannot see: web pages, spreadsheets and mail programs leave them around an address.</summary>
internal static class InvisibleCharacters
{
    private static readonly Dictionary<char, string> Names = new()
    {
        ['\t'] = "tab",
        ['\u00A0'] = "no-break space",
        ['\u00AD'] = "soft hyphen",
        ['\u034F'] = "combining grapheme joiner",
        ['\u061C'] = "Arabic letter mark",
        ['\u180E'] = "Mongolian vowel separator",
        ['\u200B'] = "zero-width space",
        ['\u200C'] = "zero-width non-joiner",
        ['\u200D'] = "zero-width joiner",
        ['\u200E'] = "left-to-right mark",
        ['\u200F'] = "right-to-left mark",
        ['\u202A'] = "left-to-right embedding",
        ['\u202B'] = "right-to-left embedding",
        ['\u202C'] = "pop directional formatting",
        ['\u202D'] = "left-to-right override",
        ['\u202E'] = "right-to-left override",
        ['\u202F'] = "narrow no-break space",
        ['\u2060'] = "word joiner",
        ['\u2066'] = "left-to-right isolate",
        ['\u2067'] = "right-to-left isolate",
        ['\u2068'] = "first strong isolate",
        ['\u2069'] = "pop directional isolate",
        ['\u2800'] = "braille blank",
        ['\u3000'] = "ideographic space",
        ['\u3164'] = "Hangul filler",
        ['\uFE0F'] = "variation selector",
        ['\uFEFF'] = "byte order mark",
    };

    /// <summary>Without white space and invisible characters at both ends.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    public static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!IsBlank(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>The first one as "U+200B zero-width space"; null when there is none. An ordinary space is not invisible.</returns>
    public static string? Find(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c != ' ' && IsBlank(c))
            {
                return Describe(c);
            }
        }

        return null;
    }

    private static string Describe(char c) =>
        string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4} {Names.GetValueOrDefault(c, "invisible character")}");

    private static bool IsBlank(char c) => c > '\x7f'
        ? char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format || Names.ContainsKey(c)
        : char.IsWhiteSpace(c);
}
