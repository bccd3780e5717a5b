using CsCheck;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Tests.Findings;

public sealed class ServerWordsTests
{
    private const string Secret = "Xy78Q~.the-value-of/a secret+&0123456789abc";

    [Theory]
    [InlineData(Secret)]
    [InlineData("Xy78Q%7E.the-value-of%2Fa%20secret%2B%260123456789abc")]
    [InlineData("Xy78Q%7E.the-value-of%2Fa+secret%2B%260123456789abc")]
    [InlineData("Xy78Q~.the-value-of/a secret\\u002B\\u00260123456789abc")]
    [InlineData("Xy78Q~.the-\u200Bvalue-of/a secret+&0123456789abc")]
    [InlineData("Xy78Q~.the-value-of/a\0 secret+&0123456789abc")]
    public void A_secret_is_taken_out_in_every_spelling_in_which_it_may_come_back(string spelled)
    {
        var shown = new ServerWords(Secret).Clean($"535 what is {spelled} good for");

        Assert.Equal("535 what is *** good for", shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\0\0")]
    [InlineData("\0user\0")]
    public void A_secret_within_base64_is_taken_out_wherever_it_begins(string before)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{before}{Secret}"));

        var shown = new ServerWords(Secret).Clean($"334 {encoded} ends");

        Assert.DoesNotContain(encoded[(encoded.Length / 2)..(encoded.Length - 6)], shown, StringComparison.Ordinal);
        Assert.EndsWith(" ends", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_stands_where_long_words_are_cut_does_not_show_in_part()
    {
        Gen.Int[0, 200].Sample(shift =>
        {
            var words = new string(' ', shift) + string.Concat(Enumerable.Repeat(Secret, 600));
            return !new ServerWords(Secret).Clean(words).Contains(Secret[..4], StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("Bearer EwBAAl3BAAUFFpUAo7J3", "Bearer ***")]
    [InlineData("token eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ4In0.c2ln here", "token *** here")]
    [InlineData("\u001B[31mred\u0007", "[31mred")]
    [InlineData("ordinary words 5.7.3 [TEST 08DD84B323498C1A]", "ordinary words 5.7.3 [TEST 08DD84B323498C1A]")]
    public void Tokens_and_control_characters_are_taken_out_and_the_rest_stays(string words, string shown)
    {
        Assert.Equal(shown, new ServerWords(Secret).Clean(words));
    }

    [Fact]
    public void Long_words_are_cut()
    {
        Assert.InRange(new ServerWords().Clean(string.Concat(Enumerable.Repeat("word ", 100_000))).Length, 3000, 4001);
    }
}
