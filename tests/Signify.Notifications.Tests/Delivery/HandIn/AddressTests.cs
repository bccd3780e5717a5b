using CsCheck;
using MimeKit;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Tests.Delivery.HandIn;

public sealed class AddressTests
{
    [Theory]
    [InlineData("anna@contoso.com", "anna@contoso.com", null)]
    [InlineData("  Anna.B+x@CONTOSO.com ", "Anna.B+x@contoso.com", null)]
    [InlineData("Anna Åberg <anna@contoso.com>", "anna@contoso.com", "Anna Åberg")]
    [InlineData("\"Åberg, Anna\" <anna@contoso.com>", "anna@contoso.com", "Åberg, Anna")]
    [InlineData("<anna@contoso.com>", "anna@contoso.com", null)]
    [InlineData("anna@münchen.example", "anna@xn--mnchen-3ya.example", null)]
    [InlineData("anna@xn--mnchen-3ya.example", "anna@xn--mnchen-3ya.example", null)]
    [InlineData("o'brien@contoso.com", "o'brien@contoso.com", null)]
    [InlineData("anna@contoso.com <anna@contoso.com>", "anna@contoso.com", null)]
    [InlineData("'Anna@Contoso.com' <anna@contoso.com>", "anna@contoso.com", null)]
    [InlineData("\"anna@contoso.com\" <anna@contoso.com>", "anna@contoso.com", null)]
    [InlineData("anna@contoso.com<mailto:anna@contoso.com>", "anna@contoso.com", null)]
    [InlineData("Anna Berg (Contoso) <anna@contoso.com>", "anna@contoso.com", "Anna Berg (Contoso)")]
    [InlineData("Anna Berg [External] <anna@contoso.com>", "anna@contoso.com", "Anna Berg [External]")]
    [InlineData("Anna \"Annie\" Berg <anna@contoso.com>", "anna@contoso.com", "Anna \"Annie\" Berg")]
    [InlineData("Berg, Anna <anna@contoso.com>", "anna@contoso.com", "Berg, Anna")]
    [InlineData("Berg, Anna: HR; North <anna@contoso.com>", "anna@contoso.com", "Berg, Anna: HR; North")]
    [InlineData("'Anna Berg' <anna@contoso.com>;", "anna@contoso.com", "Anna Berg")]
    [InlineData("Anna Berg<anna@contoso.com>", "anna@contoso.com", "Anna Berg")]
    [InlineData("Anna Berg [mailto:anna@contoso.com]", "anna@contoso.com", "Anna Berg")]
    [InlineData("anna@contoso.com (Anna Berg)", "anna@contoso.com", "Anna Berg")]
    [InlineData("=?utf-8?Q?=C3=85sa?= <anna@contoso.com>", "anna@contoso.com", "Åsa")]
    [InlineData("mailto:anna@contoso.com", "anna@contoso.com", null)]
    [InlineData("MAILTO:anna@contoso.com?subject=Hello", "anna@contoso.com", null)]
    [InlineData("SMTP:anna@contoso.com", "anna@contoso.com", null)]
    [InlineData("<mailto:anna@contoso.com>", "anna@contoso.com", null)]
    [InlineData("anna@contoso.com.", "anna@contoso.com", null)]
    [InlineData("anna@contoso.com,", "anna@contoso.com", null)]
    [InlineData("anna@contoso.com;", "anna@contoso.com", null)]
    [InlineData("'anna@contoso.com'", "anna@contoso.com", null)]
    [InlineData("“anna@contoso.com”", "anna@contoso.com", null)]
    [InlineData("\u200Banna@contoso.com\u200B", "anna@contoso.com", null)]
    [InlineData("\uFEFFanna@contoso.com", "anna@contoso.com", null)]
    [InlineData("\u00A0anna@contoso.com\u00A0\u00A0", "anna@contoso.com", null)]
    [InlineData("\u202Aanna@contoso.com\u202C", "anna@contoso.com", null)]
    [InlineData("\u2068anna@contoso.com\u2069", "anna@contoso.com", null)]
    [InlineData("Anna\u00A0Berg\u200B <\u200Banna@contoso.com\u200B>\u200E", "anna@contoso.com", "Anna\u00A0Berg")]
    [InlineData("\tanna@contoso.com\r\n", "anna@contoso.com", null)]
    public void An_address_is_read_as_people_write_it(string text, string address, string? name)
    {
        Assert.True(RecipientAddress.TryParse(text, out var read, out var fault), fault);
        Assert.Equal(new RecipientAddress(address, name), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("anna@")]
    [InlineData("@contoso.com")]
    [InlineData("a@b@contoso.com")]
    [InlineData("anna@contoso..com")]
    [InlineData("anna@-contoso.com")]
    [InlineData("anna@[10.0.0.1]")]
    [InlineData(".anna@contoso.com")]
    [InlineData("änna@contoso.com")]
    [InlineData("\"anna b\"@contoso.com")]
    [InlineData("a@contoso.com, b@contoso.com")]
    [InlineData("a@contoso.com; b@contoso.com")]
    [InlineData("group: a@contoso.com;")]
    [InlineData("ben@contoso")]
    [InlineData("Ben <ben@localhost>")]
    [InlineData("(see anna@contoso.com")]
    [InlineData("Anna Berg anna@contoso.com")]
    [InlineData("\"eve@evil.example\" <anna@contoso.com>")]
    [InlineData("Anna (eve@evil.example) <anna@contoso.com>")]
    [InlineData("eve@evil.example <anna@contoso.com>")]
    [InlineData("<eve@evil.example> <anna@contoso.com>")]
    [InlineData("<@relay.example:anna@contoso.com>")]
    [InlineData("anna(comment)@contoso.com")]
    [InlineData("anna@contoso.com\r\nBcc: eve@evil.example")]
    [InlineData("anna@contoso.com\nBcc: eve@evil.example")]
    [InlineData("Anna\r\n <anna@contoso.com>")]
    [InlineData("Anna\u2028 <anna@contoso.com>")]
    [InlineData("Anna\0 <anna@contoso.com>")]
    [InlineData("=?utf-8?Q?A=0D=0ABcc:_eve@evil.example?= <anna@contoso.com>")]
    [InlineData("anna@contoso.com>\r\nRCPT TO:<eve@evil.example")]
    public void What_is_not_one_address_is_refused(string? text)
    {
        Assert.False(RecipientAddress.TryParse(text, out _, out var fault));
        Assert.DoesNotContain("contoso.com>\r", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna\u200B@contoso.com", "U+200B zero-width space")]
    [InlineData("anna@con\u00ADtoso.com", "U+00AD soft hyphen")]
    [InlineData("anna@\u00A0contoso.com", "U+00A0 no-break space")]
    [InlineData("Anna <an\u200Dna@contoso.com>", "U+200D zero-width joiner")]
    [InlineData("anna@contoso\uFEFF.com", "U+FEFF byte order mark")]
    [InlineData("an\u202Ena@contoso.com", "U+202E right-to-left override")]
    [InlineData("anna@contoso\u2060.com", "U+2060 word joiner")]
    [InlineData("anna\t@contoso.com", "U+0009 tab")]
    [InlineData("\u0430nna@contoso.com", "U+0430")]
    [InlineData("anna\uFF20contoso.com", "U+FF20")]
    [InlineData("ben@contoso", "must have a dot")]
    [InlineData("anna@contoso.com; bert@contoso.com", "more than one address")]
    public void What_is_wrong_with_an_address_is_named(string text, string named)
    {
        Assert.False(RecipientAddress.TryParse(text, out _, out var fault));
        Assert.Contains(named, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_refused()
    {
        Assert.True(RecipientAddress.TryParse($"{new string('a', 64)}@contoso.com", out _, out _));
        Assert.False(RecipientAddress.TryParse($"{new string('a', 65)}@contoso.com", out _, out _));
        Assert.False(RecipientAddress.TryParse($"a@{string.Concat(Enumerable.Repeat("abcdefgh.", 30))}com", out _, out _));
        Assert.False(RecipientAddress.TryParse($"{new string('a', 201)} <a@contoso.com>", out _, out _));
    }

    /// <summary>Bits of addresses and of attacks, in any order.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Pieces("a", "anna", "@", "contoso.com", "münchen.de", "<", ">", ",", ";", ":", "\"", "\\", "(", ")", " ", ".", "\r\n", "\n", "\t", "\0", "Bcc: ", "=?utf-8?Q?", "=0D=0A",
            "?=", "[", "]", "Å", "😀", "\ud800", "\u2028", "xn--", "-", "_", "group", "%", "a@b.c", "<a@b.c>",
            "mailto:", "\u200B", "\u00A0", "'", "“", "•"),
        Gen.Char.Select(c => c.ToString())).List[1, 14].Select(string.Concat);

    private static Gen<string> Pieces(params string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);

    [Fact]
    public void Whatever_is_accepted_is_one_address_to_MimeKit_and_nothing_more() => Texts.Sample(text =>
    {
        if (!RecipientAddress.TryParse(text, out var read, out var fault))
        {
            Assert.False(string.IsNullOrEmpty(fault));
            return;
        }

        var message = new MimeMessage();
        message.To.Add(new MailboxAddress(read.Name, read.Address));
        using var wire = new MemoryStream();
        message.WriteTo(wire, TestContext.Current.CancellationToken);
        wire.Position = 0;
        var parsed = MimeMessage.Load(wire, TestContext.Current.CancellationToken);

        // MimeKit shows a domain in its own letters; on the wire it is as stored.
        Assert.Equal(read.Address, Assert.IsType<MailboxAddress>(Assert.Single(parsed.To)).GetAddress(idnEncode: true), ignoreCase: true);
        Assert.Empty(parsed.Bcc);
        Assert.Empty(parsed.Cc);
        // As a Cc it is stored as text, beside others.
        var list = InternetAddressList.Parse($"{read}, {new RecipientAddress("b@contoso.com", "B")}");
        Assert.Equal([read.Address, "b@contoso.com"], list.Cast<MailboxAddress>().Select(m => m.GetAddress(idnEncode: true)));
    }, iter: 20_000);
}
