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

    [Theory]
    [InlineData("S: 535-5.7.3 you said Xy78Q~.the-value-\nS: 535-5.7.3 of/a secret+&\nS: 535 5.7.3 0123456789abc there", "S: 535-5.7.3 you said ***\nS: 535-5.7.3 *** ***\nS: 535 5.7.3 *** there")]
    [InlineData("535 Xy78Q~. the-value-of /a secret+&0 123456789abc there", "535 *** *** *** *** *** there")]
    [InlineData("you said value-of/a secret, no more", "you said *** ***, no more")]
    [InlineData("58793738517e2e7468652d76616c75652d6f662f61207365637265742b2630313233343536373839616263", "***")]
    public void A_secret_in_pieces_is_taken_out_piece_by_piece(string words, string shown)
    {
        Assert.Equal(shown, new ServerWords(Secret).Clean(words));
    }

    [Fact]
    public void However_a_server_breaks_a_secret_over_its_lines_nothing_of_it_stays()
    {
        var spelled = Gen.OneOf(Gen.Const(Secret), Gen.Const(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret))), Gen.Const(Uri.EscapeDataString(Secret)));

        Gen.Select(spelled, Gen.Int[1, 30].Array[1, 12]).Sample((secret, lengths) =>
        {
            var broken = string.Join('\n', Broken(secret.Replace(" ", "", StringComparison.Ordinal), lengths).Select(part => $"S: 535-5.7.3 {part}"));
            var shown = new ServerWords(Secret).Clean(broken);

            return shown.Split('\n').All(line => line.Replace("S: 535-5.7.3 ", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal).Length <= "***".Length + 1);
        });
    }

    [Theory]
    [InlineData("office365", "535 5.7.3 Authentication unsuccessful at smtp.office364.com")]
    [InlineData("4711", "535 5.7.3 [TEST 4 711]")]
    [InlineData("a password of many words", "the password is of no use, say many of the words")]
    public void Ordinary_words_that_only_resemble_a_secret_stay(string secret, string words)
    {
        Assert.Equal(words, new ServerWords(secret).Clean(words));
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

    private static IEnumerable<string> Broken(string text, int[] lengths)
    {
        for (var (at, turn) = (0, 0); at < text.Length; turn++)
        {
            var length = Math.Min(lengths[turn % lengths.Length], text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
