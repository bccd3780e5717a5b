using System.Globalization;

namespace Signify.Notifications.Checks;

/// <summary>Cleans what copying out of a portal, a mail or a document leaves around a value.</summary>
public static class PastedText
{
    private const string Quotes = "\"'`\u2018\u2019\u201A\u201C\u201D\u201E\u00AB\u00BB";

    /// <summary>Without blanks and quotes around it and without invisible characters in it; "" for null.</summary>
    public static string Clean(string? pasted)
    {
        var visible = string.Concat((pasted ?? "").Where(c => !Invisible(c))).Trim();
        while (visible.Length >= 2 && Quotes.Contains(visible[0]) && Quotes.Contains(visible[^1]))
        {
            visible = visible[1..^1].Trim();
        }

        return visible;
    }

    // Zero-width characters, direction marks, soft hyphens, byte order marks, line ends.
    private static bool Invisible(char c) =>
        char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
