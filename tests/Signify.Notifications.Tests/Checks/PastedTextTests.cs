using CsCheck;
using Signify.Notifications.Checks;

namespace Signify.Notifications.Tests.Checks;

public sealed class PastedTextTests
{
    // Strings made of what pasting leaves, among ordinary characters.
    private static readonly Gen<string> Pasted = Gen.OneOf(
        Gen.String,
        Gen.Char["ab\"'`\u2018\u2019\u201C\u201D\u201E\u00AB\u00BB \t\r\n\u00A0\u200B\u200D\uFEFF\u00AD\u202E\u2060\uD83D\uDE00\uD800"].Array.Select(chars => new string(chars)));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("  blanks \t", "blanks")]
    [InlineData("\u00A0no-break\u00A0", "no-break")]
    [InlineData("\u200Bzero\u200Bwidth\uFEFF", "zerowidth")]
    [InlineData("soft\u00ADhyphen", "softhyphen")]
    [InlineData("line\r\nend\n", "lineend")]
    [InlineData("\"straight\"", "straight")]
    [InlineData("'single'", "single")]
    [InlineData("`tick`", "tick")]
    [InlineData("\u201Ccurly\u201D", "curly")]
    [InlineData("\u201Elow\u201C", "low")]
    [InlineData("\u00ABguillemets\u00BB", "guillemets")]
    [InlineData(" \" 'both' \" ", "both")]
    [InlineData("\"", "\"")]
    [InlineData("it's", "it's")]
    [InlineData("two words", "two words")]
    public void What_pasting_leaves_is_taken_away_and_nothing_else(string? pasted, string clean)
    {
        Assert.Equal(clean, PastedText.Clean(pasted));
    }

    [Fact]
    public void Cleaning_twice_changes_nothing_more()
    {
        Pasted.Sample(text => PastedText.Clean(PastedText.Clean(text)) == PastedText.Clean(text));
    }

    [Fact]
    public void A_clean_value_has_no_invisible_character_and_no_blank_around_it()
    {
        Pasted.Sample(text =>
        {
            var clean = PastedText.Clean(text);
            return clean == clean.Trim() && !clean.Any(char.IsControl) && !clean.Contains('\u200B', StringComparison.Ordinal);
        });
    }
}
