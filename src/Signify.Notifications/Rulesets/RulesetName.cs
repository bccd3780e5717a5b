using System.Globalization;
using System.Text;

namespace Signify.Notifications.Rulesets;

/// <summary>What a ruleset may be called.</summary>
public static class RulesetName
{
    /// <summary>Characters.</summary>
    public const int Longest = 200;

    /// <summary>The name without blanks at its ends.</summary>
    /// <param name="fault">What is wrong with it, for the field; null when it will do.</param>
    public static string Read(string? typed, out string? fault)
    {
        var whole = typed ?? "";
        var name = IsText(whole) ? whole.Normalize(NormalizationForm.FormC).Trim() : whole;
        fault = name switch
        {
            "" => "Enter a name.",
            { Length: > Longest } => $"This name has {name.Length} characters. It may have {Longest}.",
            _ when !IsText(name) || name.Any(IsUnseen) => "This name has characters that cannot be seen, such as a line break. Type it anew.",
            _ => null,
        };
        return name;
    }

    /// <summary>The same for names that differ in capitals alone.</summary>
    public static string ToSort(string name) => name.ToUpperInvariant();

    // Half a surrogate pair cannot be normalized.
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsSurrogatePair(text, i) && ++i > 0))
            {
                return false;
            }
        }

        return true;
    }

    // Format characters could make two names look alike, or turn the line around that a name stands in.
    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
