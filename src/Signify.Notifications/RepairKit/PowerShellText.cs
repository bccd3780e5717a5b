using System.Globalization;
using System.Text;

namespace Signify.Notifications.RepairKit;

/// <summary>Values within PowerShell: text stays text and a comment stays a comment, whatever the value holds.</summary>
public static class PowerShellText
{
    /// <summary>A single-quoted text. PowerShell takes curly quotes for straight ones, so each kind is doubled.</summary>
    public static string Quote(string value) =>
        $"'{string.Concat(Plain(value).Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? new string(c, 2) : c.ToString()))}'";

    /// <summary>One line in which everything can be seen: line ends would end a comment, and marks of direction would show a command in another order.</summary>
    public static string Plain(string value)
    {
        var shown = new StringBuilder(value.Length);
        // By runes: half of a surrogate pair cannot be written to a file.
        foreach (var rune in value.EnumerateRunes().Where(r => r != Rune.ReplacementChar && Shown(Rune.GetUnicodeCategory(r))))
        {
            shown.Append(rune);
        }

        return shown.ToString();
    }

    private static bool Shown(UnicodeCategory category) => category is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
