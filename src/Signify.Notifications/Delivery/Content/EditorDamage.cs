using System.Text.RegularExpressions;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// Recognizes what word processors and HTML editors do to a template: quotation marks become typographic or entities, and formatting
/// lands inside the braces.
/// </summary>
internal static partial class EditorDamage
{
    /// <summary>Braces that are none any more. The template would be sent as it is, with the name of the field in it.</summary>
    public static TemplateError? OfBraces(string field, string source)
    {
        if (SplitBraces().Match(source) is { Success: true } split)
        {
            return At(field, source, split.Index, "An editor put formatting between two braces. Write {{ and }} without formatting inside.");
        }

        return EncodedBraces().Match(source) is { Success: true } encoded
            ? At(field, source, encoded.Index, $"An editor replaced {{{{ by {encoded.Value}. Enter the braces in the HTML source.")
            : null;
    }

    /// <summary>Why a template that cannot be parsed cannot be, where an editor is the reason.</summary>
    public static TemplateError? OfInside(string field, string source)
    {
        foreach (var tag in Tags().EnumerateMatches(source))
        {
            var inside = source.AsSpan(tag.Index, tag.Length);
            foreach (var damage in Damage().EnumerateMatches(inside))
            {
                var found = inside.Slice(damage.Index, damage.Length).ToString();
                return At(field, source, tag.Index + damage.Index, found[0] switch
                {
                    '<' => $"An editor put the formatting {found} inside the braces. Write the braces and what is between them without formatting.",
                    '&' => $"An editor replaced a character between the braces by {found}. Correct it in the HTML source.",
                    _ => $"Between the braces stands {found}. Use straight quotation marks: \" or '.",
                });
            }
        }

        return null;
    }

    private static TemplateError At(string field, string source, int at, string message)
    {
        var (line, column) = TemplateShape.Place(source, at);
        return new TemplateError(field, message, line, column);
    }

    [GeneratedRegex(@"\{\s*(?:</?[a-zA-Z][^<>]{0,500}>\s*)+[{%]|[}%]\s*(?:</?[a-zA-Z][^<>]{0,500}>\s*)+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SplitBraces();

    [GeneratedRegex(
        @"(?:&#123;|&#x7b;|&lbrace;|&lcub;|%7b){2}(?=(?:\s|%20)*[a-z_][\w.-]{0,200}[^{}<>""]{0,200}?(?:&#125;|&#x7d;|&rbrace;|&rcub;|%7d){2})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EncodedBraces();

    [GeneratedRegex(@"\{\{[^{}]{0,2000}\}\}|\{%[^{}]{0,2000}%\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("</?[a-zA-Z][^<>]{0,500}>|&(?:[a-zA-Z]{2,10}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,6});|[\u201C\u201D\u201E\u201F\u2018\u2019\u201A\u00AB\u00BB\u2039\u203A\u00B4`]",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Damage();
}
